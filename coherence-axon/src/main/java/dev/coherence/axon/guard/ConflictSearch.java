package dev.coherence.axon.guard;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.annotation.OnConflict;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.conflict.LostRaceException;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.Probe;
import dev.coherence.conflict.ConflictDetection;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.conflict.Detection;
import dev.coherence.document.Document;
import dev.coherence.revision.Revision;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateRoot;

/** Finds what a command has not seen of an aggregate, and what of it is in conflict with an event of ours. Thread-safe. */
final class ConflictSearch {

    private final Guarded guarded;
    private final EventIndex index;
    private final ConflictHandlers handlers;

    ConflictSearch(Guarded guarded) {
        this.guarded = guarded;
        this.index = guarded.index();
        this.handlers = new ConflictHandlers(guarded);
    }

    ConflictHandlers handlers() {
        return handlers;
    }

    Guarded guarded() {
        return guarded;
    }

    /** As its events are stored. */
    Identity identity(Aggregate<?> aggregate) {
        return Identity.of(index.streamNames().kindOf(aggregate.type()), aggregate.identifierAsString());
    }

    /** What the command says, else the class of its aggregate, else the settings. */
    ConflictPolicy policy(CommandContext context, Optional<? extends Class<?>> aggregate) {
        return context.intent()
                .policy()
                .or(() -> aggregate
                        .map(type -> type.getAnnotation(OnConflict.class))
                        .map(OnConflict::value))
                .orElse(guarded.settings().policy());
    }

    /** The class that the event belongs to: of several sub types, the one whose type is stored with it. */
    Optional<Class<?>> classOf(GuardedEvent event) {
        return guarded.aggregates().classesOf(event.aggregate().kind()).stream()
                .filter(type -> storedType(type).equals(event.message().getType()))
                .findFirst();
    }

    private static String storedType(Class<?> aggregate) {
        return AnnotationUtils.findAnnotationAttributes(aggregate, AggregateRoot.class)
                .map(attributes -> String.valueOf(attributes.get("type")))
                .filter(type -> !type.isEmpty())
                .orElse(aggregate.getSimpleName());
    }

    /**
     * Returns every change to the aggregate that the base does not see, as far as it comes before our next event. What this
     * unit of work has appended is seen.
     *
     * @param base what of the command's base is about this aggregate
     * @param nextVersion the version that our next event in the aggregate has, as it was loaded
     * @throws InvalidCommandException if the base is ahead of what is stored
     * @throws LostRaceException if the aggregate was loaded older than it is stored
     */
    List<Event> unseen(CommandContext context, Identity aggregate, Revision base, long nextVersion) {
        boolean versionIsCurrent = checkVersion(context, aggregate, base, nextVersion);
        if (base.position().isEmpty()) {
            return versionIsCurrent ? List.of() : stored(aggregate, base, nextVersion);
        }
        Probe probe = index.probe(aggregate, base);
        checkPosition(context, base, probe.lastNumber());
        return versionIsCurrent && !probe.unseenEffects() ? List.of() : stored(aggregate, base, nextVersion);
    }

    private List<Event> stored(Identity aggregate, Revision base, long nextVersion) {
        List<Event> events = index.unseen(aggregate, base);
        if (nextVersion == 0) { // it was made anew; if it exists already, the append says so, as it does without a base
            return events.stream().filter(event -> !isLater(event, 0)).toList();
        }
        if (events.stream().anyMatch(event -> isLater(event, nextVersion))) {
            throw lost(aggregate);
        }
        AppendedWork work = AppendedWork.of(CurrentUnitOfWork.get());
        String stream = index.streamNames().ofAggregate(aggregate);
        return events.stream().filter(event -> !work.isOurs(event, stream)).toList();
    }

    private static boolean isLater(Event event, long version) {
        return event.fold(action -> action.version() >= version, effect -> false);
    }

    /** Whether the base has a version, and it is that of the aggregate as it was loaded. */
    private boolean checkVersion(CommandContext context, Identity aggregate, Revision base, long nextVersion) {
        if (base.version().isEmpty()) {
            return false;
        }
        long version = base.version().getAsLong();
        if (version < nextVersion) {
            return version == nextVersion - 1;
        }
        String stream = index.streamNames().ofAggregate(aggregate);
        long stored = index.nextVersion(aggregate.kind(), stream);
        if (version < stored) {
            throw lost(aggregate); // it was loaded from a cache that has not heard of the latest events
        }
        throw new InvalidCommandException(
                context.intent().simpleName(),
                stored == 0
                        ? "its revision %s has a version, but %s does not exist yet; send the position only, or no revision"
                                .formatted(base, aggregate)
                        : "its revision %s is ahead of %s, whose last version is %d; read the aggregate again"
                                .formatted(base, aggregate, stored - 1));
    }

    private static void checkPosition(CommandContext context, Revision base, long lastNumber) {
        if (base.position().orElse(0) > lastNumber) {
            throw new InvalidCommandException(
                    context.intent().simpleName(),
                    "its revision %s is ahead of the event store, whose last event has the number %d; read again"
                            .formatted(base, lastNumber));
        }
    }

    static LostRaceException lost(Identity aggregate) {
        return new LostRaceException(
                "%s was changed after it was loaded for this command; send the command again".formatted(aggregate));
    }

    /** Compares an event of ours with unseen ones; the base is folded only if a dispute has to be reported. */
    Detection detect(ConflictPolicy policy, RecordedAction ours, List<Event> unseen, Revision base) {
        return ConflictDetection.detect(
                policy, ours, unseen, () -> fold(ours.action().aggregate(), base));
    }

    private Document fold(Identity aggregate, Revision base) {
        Document document = Document.empty();
        try (Stream<RecordedAction> actions = index.actions(aggregate)) {
            Iterator<RecordedAction> seen = actions.filter(base::sees).iterator();
            while (seen.hasNext()) {
                document = document.apply(seen.next().action().patch());
            }
        }
        return document;
    }
}
