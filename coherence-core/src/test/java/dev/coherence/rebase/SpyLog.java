package dev.coherence.rebase;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.log.CommitResult;
import dev.coherence.log.Draft;
import dev.coherence.log.EventLog;
import dev.coherence.log.InMemoryEventLog;
import dev.coherence.log.ReadQuery;
import dev.coherence.log.Reading;
import dev.coherence.log.Scope;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A log in memory that writes down what is asked of it, and fails when told to. */
final class SpyLog implements EventLog {

    final List<String> calls = new ArrayList<>();
    final List<Draft> drafts = new ArrayList<>();
    private final EventLog log = new InMemoryEventLog();
    private String failing = "nothing";
    private RuntimeException failure = new IllegalStateException();
    private Runnable beforeAppend = () -> {};

    /** From now on a call that begins like this throws. */
    void fail(String call, RuntimeException exception) {
        failing = call;
        failure = exception;
    }

    /** Runs this before each append from now on. */
    void beforeAppend(Runnable meanwhile) {
        beforeAppend = meanwhile;
    }

    private <T> T spy(String call, Supplier<T> work) {
        calls.add(call);
        if (call.startsWith(failing)) {
            throw failure;
        }
        return work.get();
    }

    @Override
    public Transaction begin(Scope scope) {
        return spy("begin", () -> new SpyTransaction(log.begin(scope)));
    }

    @Override
    public Revision head() {
        return log.head();
    }

    @Override
    public long nextVersion(Identity aggregate) {
        return log.nextVersion(aggregate);
    }

    @Override
    public List<Event> unseen(Identity aggregate, Revision base) {
        return log.unseen(aggregate, base);
    }

    @Override
    public Reading history(Identity aggregate) {
        return log.history(aggregate);
    }

    @Override
    public Reading read(ReadQuery query) {
        return log.read(query);
    }

    private final class SpyTransaction implements Transaction {

        private final Transaction transaction;

        SpyTransaction(Transaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public long nextSequenceNumber() {
            return spy("nextSequenceNumber", transaction::nextSequenceNumber);
        }

        @Override
        public long nextVersion(Identity aggregate) {
            return spy("nextVersion " + aggregate, () -> transaction.nextVersion(aggregate));
        }

        @Override
        public List<Event> unseen(Identity aggregate, Revision base) {
            return spy("unseen " + aggregate, () -> transaction.unseen(aggregate, base));
        }

        @Override
        public SortedSet<Long> existing(Collection<Long> numbers) {
            return spy("existing", () -> transaction.existing(numbers));
        }

        @Override
        public Stream<RecordedAction> actions(Identity aggregate) {
            return spy("actions " + aggregate, () -> transaction.actions(aggregate))
                    .onClose(() -> calls.add("actions closed"));
        }

        @Override
        public CommitResult append(List<Draft> appended) {
            drafts.addAll(appended);
            beforeAppend.run();
            return spy("append", () -> transaction.append(appended));
        }

        @Override
        public void close() {
            calls.add("close");
            transaction.close();
        }
    }
}
