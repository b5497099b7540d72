package dev.coherence.axon.guard;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.annotation.OnConflict;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.conflict.LostRaceException;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.Probe;
import dev.coherence.axon.index.ReadState;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.conflict.ConflictDetection;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.conflict.Detection;
import dev.coherence.document.Document;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.jspecify.annotations.Nullable;

/** Finds what a command has not seen of an aggregate, and what of it is in conflict with an event of ours. Thread-safe. */
final class ConflictSearch {

    private final Guarded guarded;
    private final EventIndex index;
    private final EventCodec codec;
    private final ConflictHandlers handlers;

    ConflictSearch(Guarded guarded) {
        this.guarded = guarded;
        this.index = guarded.index();
        this.codec = guarded.codec();
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

    /** Returns what {@link #unseen(CommandContext, ReadState, long, Probe)} does, of a store that is looked at now. */
    List<Event> unseen(CommandContext context, ReadState read, long nextVersion) {
        return unseen(context, read, nextVersion, null);
    }

    /**
     * Returns every change to the aggregate that the base does not see, as far as it comes before our next event. What this
     * unit of work has appended is seen.
     *
     * @param read what of the command's base is about this aggregate
     * @param nextVersion the version that our next event in the aggregate has, as it was loaded
     * @param known what was found with the locks held, if it was looked for already
     * @throws InvalidCommandException if the base is ahead of what is stored
     * @throws LostRaceException if the aggregate was loaded older than it is stored
     */
    List<Event> unseen(CommandContext context, ReadState read, long nextVersion, @Nullable Probe known) {
        boolean versionIsCurrent = checkVersion(context, read, nextVersion);
        Revision base = read.base();
        if (base.position().isEmpty()) {
            return versionIsCurrent ? List.of() : stored(read, nextVersion);
        }
        Probe probe = known != null ? known : index.probe(read);
        checkPosition(context, base, probe.lastNumber());
        if (probe.unseenEffects() || base.version().isEmpty()) {
            return stored(read, nextVersion);
        }
        // With its version alone, it does not ask for effects again.
        return versionIsCurrent
                ? List.of()
                : stored(
                        new ReadState(
                                read.aggregate(),
                                Revision.ofVersion(base.version().getAsLong())),
                        nextVersion);
    }

    private List<Event> stored(ReadState read, long nextVersion) {
        List<Event> events = index.unseen(read.aggregate(), read.base());
        if (nextVersion == 0) { // it was made anew; if it exists already, the append says so, as it does without a base
            return events.stream().filter(event -> !isLater(event, 0)).toList();
        }
        if (events.stream().anyMatch(event -> isLater(event, nextVersion))) {
            throw lost(read.aggregate());
        }
        AppendedWork work = AppendedWork.of(CurrentUnitOfWork.get());
        String stream = index.streamNames().ofAggregate(read.aggregate());
        return events.stream().filter(event -> !work.isOurs(event, stream)).toList();
    }

    private static boolean isLater(Event event, long version) {
        return event.fold(action -> action.version() >= version, effect -> false);
    }

    /** Whether the base has a version, and it is that of the aggregate as it was loaded. */
    private boolean checkVersion(CommandContext context, ReadState read, long nextVersion) {
        Revision base = read.base();
        Identity aggregate = read.aggregate();
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

    /** Returns an event of ours as the action that it would be under the number. */
    RecordedAction ours(DomainEventMessage<?> message, long number) {
        return new RecordedAction(
                number,
                message.getSequenceNumber(),
                message.getTimestamp(),
                guarded.settings().source(),
                codec.action(message).orElseThrow());
    }

    /** Compares an event of ours with unseen ones; the base is folded only if a dispute has to be reported. */
    Detection detect(ConflictPolicy policy, RecordedAction ours, List<Event> unseen, Revision base) {
        return ConflictDetection.detect(
                policy,
                ours,
                unseen,
                () -> fold(ours.action().aggregate(), base),
                guarded.settings().encryption());
    }

    private Document fold(Identity aggregate, Revision base) {
        return Document.empty().applyAll(index.actions(aggregate).filter(base::sees));
    }
}
