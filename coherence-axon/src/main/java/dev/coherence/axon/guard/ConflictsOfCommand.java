package dev.coherence.axon.guard;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.conflict.Conflicts;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.ReadState;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.conflict.Conflict;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.conflict.Dispute;
import dev.coherence.revision.Revision;
import java.util.Collection;
import java.util.List;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.modelling.command.Aggregate;

/** What the command that is handled now has not seen. For one thread. */
final class ConflictsOfCommand implements Conflicts {

    private final CommandScope scope;
    private final CommandContext command;
    private final ConflictSearch search;
    private final EventIndex index;

    ConflictsOfCommand(CommandScope scope) {
        this.scope = scope;
        this.command = scope.context();
        this.search = command.search();
        this.index = search.guarded().index();
    }

    @Override
    public List<Event> unseen() {
        return scope.aggregate()
                .map(aggregate -> aggregate.version() == null
                        ? List.<Event>of()
                        : unseen(search.identity(aggregate), aggregate.version() + 1))
                .orElseThrow(ConflictsOfCommand::outsideOfAggregates);
    }

    @Override
    public List<Event> unseen(Identity aggregate) {
        return unseen(aggregate, storedVersion(aggregate));
    }

    private List<Event> unseen(Identity aggregate, long nextVersion) {
        return command.baseOf(nextVersion)
                .map(base -> Unseen.of(command, search.unseen(command, new ReadState(aggregate, base), nextVersion))
                        .open())
                .orElse(List.of());
    }

    @Override
    public List<Dispute> disputes(Object event) {
        Aggregate<?> aggregate = scope.aggregate().orElseThrow(ConflictsOfCommand::outsideOfAggregates);
        return aggregate.version() == null
                ? List.of()
                : disputes(search.identity(aggregate), event, aggregate.version() + 1);
    }

    @Override
    public List<Dispute> disputes(Identity aggregate, Object event) {
        return disputes(aggregate, event, storedVersion(aggregate));
    }

    private List<Dispute> disputes(Identity aggregate, Object event, long nextVersion) {
        List<Event> unseen = unseen(aggregate, nextVersion);
        Revision base = command.baseOf(nextVersion).orElse(command.base());
        return search
                .detect(ConflictPolicy.MERGE, wouldBe(aggregate, event, nextVersion), unseen, base)
                .conflicts()
                .stream()
                .map(Conflict::disputes)
                .flatMap(List::stream)
                .distinct()
                .sorted((one, other) -> one.path().compareTo(other.path()))
                .toList();
    }

    private RecordedAction wouldBe(Identity aggregate, Object event, long version) {
        StreamNames names = index.streamNames();
        GenericDomainEventMessage<?> message =
                new GenericDomainEventMessage<>(aggregate.kind(), names.ofAggregate(aggregate), version, event);
        return search.ours(message, index.lastNumber() + 1);
    }

    @Override
    public void resolve(Collection<Long> sequenceNumbers) {
        sequenceNumbers.forEach(number -> command.mark(requireNonNull(number, "sequenceNumbers")));
    }

    private long storedVersion(Identity aggregate) {
        return index.nextVersion(aggregate.kind(), index.streamNames().ofAggregate(aggregate));
    }

    private static IllegalStateException outsideOfAggregates() {
        return new IllegalStateException(
                "This handler is not in an aggregate: say which one is meant, with unseen(Identity) or disputes(Identity, Object)");
    }
}
