package dev.coherence.log;

import org.junit.jupiter.api.Nested;

/**
 * Everything that {@link EventLog} promises, for every implementation to run: extend this class, say how to open a log,
 * and all tests run on it. Written against the port and what stands on it only; knows no number that a log gives.
 */
public abstract class EventLogContract {

    /** A log without visible events; called before each test. Its numbers may begin anywhere. */
    protected abstract EventLog openEmptyLog() throws Exception;

    /** Releases a log after the test that it was opened for. */
    protected void closeLog(EventLog log) throws Exception {}

    /** How many threads write at once in the tests of concurrency. */
    protected int writers() {
        return 6;
    }

    /** How many accepted changes each writer makes before it is done. */
    protected int changesPerWriter() {
        return 60;
    }

    /** How often two threads race for one aggregate. */
    protected int races() {
        return 300;
    }

    /** How many random steps are compared with the naive model, for each seed. */
    protected int modelSteps() {
        return 300;
    }

    @Nested
    class Stored_events extends StoredEventsContract {
        Stored_events() {
            super(EventLogContract.this);
        }
    }

    @Nested
    class A_transaction extends TransactionContract {
        A_transaction() {
            super(EventLogContract.this);
        }
    }

    @Nested
    class Unseen_events extends UnseenEventsContract {
        Unseen_events() {
            super(EventLogContract.this);
        }
    }

    @Nested
    class A_reading extends ReadingContract {
        A_reading() {
            super(EventLogContract.this);
        }
    }

    @Nested
    class A_rebase extends RebaseContract {
        A_rebase() {
            super(EventLogContract.this);
        }
    }

    @Nested
    class A_history extends HistoryContract {
        A_history() {
            super(EventLogContract.this);
        }
    }

    @Nested
    class An_accepted_revision extends AcceptedRevisionContract {
        An_accepted_revision() {
            super(EventLogContract.this);
        }
    }

    @Nested
    class Two_transactions_at_once extends RaceContract {
        Two_transactions_at_once() {
            super(EventLogContract.this);
        }
    }

    @Nested
    class Many_threads extends ConcurrencyContract {
        Many_threads() {
            super(EventLogContract.this);
        }
    }

    @Nested
    class A_reader_beside_writers extends ConcurrentReadingContract {
        A_reader_beside_writers() {
            super(EventLogContract.this);
        }
    }

    @Nested
    class Random_histories extends ModelContract {
        Random_histories() {
            super(EventLogContract.this);
        }
    }
}
