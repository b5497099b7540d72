package dev.coherence.log;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.revision.Revision;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * A log that holds its events in memory, for tests, demonstrations and small tools. Its numbers are 1, 2, 3, … without
 * gaps. Fully thread-safe.
 *
 * <p>It is optimistic: a transaction looks at the log as it was when the transaction began, takes no lock and never
 * waits. The append looks whether anything that touches the scope's aggregates has come since; if so, it is {@link
 * CommitResult.Lost}. Effects need no such look: firing one depends on nothing that was read, so it is simply the next
 * event.
 *
 * <p>Readings and transactions hold no resources; but close them, as other logs need it.
 */
public final class InMemoryEventLog implements EventLog {

    private final EventStorage storage = new EventStorage();

    /** Creates an empty log. */
    public InMemoryEventLog() {}

    @Override
    public Transaction begin(Scope scope) {
        return new OptimisticTransaction(storage.snapshot(), Objects.requireNonNull(scope, "scope"));
    }

    @Override
    public Revision head() {
        return storage.snapshot().head();
    }

    @Override
    public long nextVersion(Identity aggregate) {
        return storage.snapshot().nextVersion(aggregate);
    }

    @Override
    public List<Event> unseen(Identity aggregate, Revision base) {
        return storage.snapshot().unseen(aggregate, base);
    }

    @Override
    public Reading read(ReadQuery query) {
        Snapshot snapshot = storage.snapshot();
        return new Reading(snapshot.head(), snapshot.select(query));
    }

    @Override
    public Reading history(Identity aggregate) {
        Snapshot snapshot = storage.snapshot();
        return new Reading(snapshot.head(), snapshot.actions(aggregate));
    }

    private final class OptimisticTransaction implements Transaction {

        private final Snapshot snapshot;
        private final Scope scope;
        private boolean ended;

        OptimisticTransaction(Snapshot snapshot, Scope scope) {
            this.snapshot = snapshot;
            this.scope = scope;
        }

        @Override
        public long nextSequenceNumber() {
            return open().last() + 1;
        }

        @Override
        public long nextVersion(Identity aggregate) {
            return open().nextVersion(aggregate);
        }

        @Override
        public List<Event> unseen(Identity aggregate, Revision base) {
            return open().unseen(aggregate, base);
        }

        @Override
        public SortedSet<Long> existing(Collection<Long> numbers) {
            return open().existing(numbers);
        }

        @Override
        public Stream<RecordedAction> actions(Identity aggregate) {
            return open().actions(aggregate);
        }

        @Override
        public CommitResult append(List<Draft> drafts) {
            Snapshot seen = open();
            ended = true;
            if (drafts.isEmpty()) {
                throw new IllegalArgumentException("nothing to append");
            }
            for (Draft draft : drafts) {
                if (!scope.covers(draft.change())) {
                    throw new IllegalArgumentException("a change to %s with its triggers is outside the %s"
                            .formatted(draft.change().fold(Action::aggregate, Effect::trigger), scope));
                }
            }
            return storage.append(drafts, seen, scope.aggregates());
        }

        @Override
        public void close() {
            ended = true;
        }

        private Snapshot open() {
            if (ended) {
                throw new IllegalStateException("the transaction has ended");
            }
            return snapshot;
        }
    }
}
