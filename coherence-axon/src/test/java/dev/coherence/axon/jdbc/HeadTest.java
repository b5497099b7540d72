package dev.coherence.axon.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.coherence.axon.TestDatabases;
import dev.coherence.revision.Revision;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.ConnectionWrapperFactory;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000); // about to overflow
    private HikariDataSource database;
    private ConnectionProvider connections;
    private Head head;

    @BeforeEach
    void create_table() {
        database = TestDatabases.h2();
        TestDatabases.execute(
                database, "CREATE TABLE DomainEventEntry (globalIndex BIGINT PRIMARY KEY, timeStamp VARCHAR(255))");
        connections = database::getConnection;
        head = newHead();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void an_empty_store_has_position_0() {
        assertThat(head.revision()).isEqualTo(Revision.at(0));
    }

    @Test
    void a_store_without_gaps_is_covered_up_to_its_last_event() {
        insert(1, 2, 3);
        assertThat(head.revision()).isEqualTo(Revision.at(3));
    }

    @Nested
    class a_missing_number {

        @Test
        void is_unseen_because_its_transaction_may_still_commit() {
            insert(1, 2, 4, 7);
            assertThat(head.revision()).hasToString("@7-3.5..6");
        }

        @Test
        void is_seen_once_its_transaction_has_committed() {
            insert(1, 2, 4, 7);
            assertThat(head.revision()).hasToString("@7-3.5..6");
            insert(5);
            assertThat(head.revision()).hasToString("@7-3.6");
            insert(3, 6);
            assertThat(head.revision()).hasToString("@7");
        }

        @Test
        void below_the_first_event_is_unseen_as_well() {
            insert(3);
            assertThat(head.revision()).hasToString("@3-1..2");
        }

        @Test
        void is_given_up_when_it_has_been_missing_for_longer_than_the_timeout() {
            insert(1, 3);
            assertThat(head.revision()).hasToString("@3-2");
            pass(TIMEOUT.minusMillis(1));
            insert(5);
            assertThat(head.revision()).hasToString("@5-2.4");
            pass(Duration.ofMillis(1));
            assertThat(head.revision()).hasToString("@5-4");
            pass(TIMEOUT);
            assertThat(head.revision()).hasToString("@5");
        }

        @Test
        void is_given_up_at_first_sight_below_an_event_that_is_older_than_the_timeout() {
            insertAt(NOW.minus(TIMEOUT).minusMillis(1), 3);
            insertAt(NOW.minus(TIMEOUT), 5);
            assertThat(head.revision()).hasToString("@5-4");
        }

        @Test
        void is_not_given_up_for_an_old_timestamp_that_came_later() {
            insert(1);
            assertThat(head.revision()).hasToString("@1");
            insertAt(NOW.minus(TIMEOUT).minusSeconds(1), 3);
            assertThat(head.revision()).hasToString("@3-2");
        }

        @Test
        void is_given_up_when_it_lies_ten_thousand_positions_back() {
            insert(1, 3, 10_003);
            assertThat(head.revision()).hasToString("@10003-4..10002");
        }
    }

    @Test
    void a_transaction_that_looks_sees_its_own_event_but_lets_nobody_else_take_it_for_seen() throws SQLException {
        try (Connection own = database.getConnection()) {
            own.setAutoCommit(false);
            try (Statement statement = own.createStatement()) {
                statement.execute(insertion(NOW, 1));
            }
            connections = () -> stayingOpen(own);
            assertThat(head.revision()).hasToString("@1");

            connections = database::getConnection;
            insert(2);
            assertThat(head.revision()).hasToString("@2-1");
            own.commit();
            assertThat(head.revision()).hasToString("@2");
        }
    }

    @Test
    void a_table_that_was_emptied_is_looked_at_anew() {
        insert(1, 2, 3);
        assertThat(head.revision()).hasToString("@3");
        TestDatabases.execute(database, "DELETE FROM DomainEventEntry");
        insert(1);
        assertThat(head.revision()).hasToString("@1");
    }

    /** Transactions take numbers, and commit or roll back in any order; an oracle knows which ones are in flight. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void covers_what_is_committed_and_never_what_is_in_flight(long seed) {
        Random random = new Random(seed);
        TreeSet<Long> committed = new TreeSet<>();
        SortedMap<Long, Instant> inFlight = new TreeMap<>();
        long next = 1;
        for (int step = 0; step < 300; step++) {
            int choice = random.nextInt(4);
            if (choice <= 1 && inFlight.size() < 10) {
                inFlight.put(next++, NOW);
            } else if (choice == 2 && !inFlight.isEmpty()) {
                long number = List.copyOf(inFlight.keySet()).get(random.nextInt(inFlight.size()));
                inFlight.remove(number);
                if (random.nextInt(3) > 0) {
                    insert(number);
                    committed.add(number);
                }
            } else {
                Head looked = random.nextInt(20) == 0 ? newHead() : head;
                Revision revision = looked.revision();
                long last = committed.isEmpty() ? 0 : committed.last();
                assertThat(revision.position())
                        .as("seed %d, step %d", seed, step)
                        .hasValue(last);
                for (long number = 1; number <= last; number++) {
                    if (committed.contains(number)) {
                        assertThat(revision.seesNumber(number))
                                .as("seed %d, step %d: %d is committed, %s", seed, step, number, revision)
                                .isTrue();
                    } else {
                        assertThat(revision.seesNumber(number))
                                .as("seed %d, step %d: %d is not committed, %s", seed, step, number, revision)
                                .isFalse();
                    }
                }
            }
        }
        head.revision();
        pass(TIMEOUT);
        assertThat(head.revision().unseen())
                .as("seed %d, after the timeout", seed)
                .isEmpty();
    }

    private Head newHead() {
        return new Head(
                new Database(() -> connections.getConnection(), NoTransactionManager.instance()),
                EventTable.of(new EventSchema()),
                TIMEOUT,
                Clock.fixed(NOW, ZoneOffset.UTC),
                nanoTime::get);
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private void insert(long... numbers) {
        for (long number : numbers) {
            insertAt(NOW, number);
        }
    }

    private void insertAt(Instant timestamp, long number) {
        TestDatabases.execute(database, insertion(timestamp, number));
    }

    private static String insertion(Instant timestamp, long number) {
        return "INSERT INTO DomainEventEntry VALUES (%d, '%s')"
                .formatted(number, DateTimeUtils.formatInstant(timestamp));
    }

    private static Connection stayingOpen(Connection connection) {
        return ConnectionWrapperFactory.wrap(connection, new ConnectionWrapperFactory.NoOpCloseHandler());
    }
}
