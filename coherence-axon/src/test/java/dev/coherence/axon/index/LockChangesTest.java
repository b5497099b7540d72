package dev.coherence.axon.index;

import static dev.coherence.axon.TypedBook.KIND;
import static dev.coherence.axon.TypedBook.SUBTYPE;
import static dev.coherence.axon.TypedBook.event;
import static dev.coherence.axon.index.Changes.EMMA;
import static dev.coherence.axon.index.Changes.KEY;
import static dev.coherence.axon.index.Changes.OTHER_KEY;
import static dev.coherence.axon.index.Changes.PLAIN;
import static dev.coherence.axon.index.Changes.UBIK;
import static dev.coherence.axon.index.Changes.encrypted;
import static dev.coherence.axon.index.Changes.fire;
import static dev.coherence.axon.index.Changes.linkPlain;
import static dev.coherence.axon.index.Changes.lockChanges;
import static dev.coherence.axon.index.Changes.nothingOf;
import static dev.coherence.axon.index.LockMode.EXCLUSIVE;
import static dev.coherence.axon.index.LockMode.SHARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.axon.OwnThread;
import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.TypedBook;
import dev.coherence.axon.jdbc.JdbcEventIndex;
import dev.coherence.revision.Revision;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** What {@link EventIndex#lockChangesTo} locks, and what it tells. */
class LockChangesTest {

    private static final SortedMap<Identity, LockMode> NO_OTHERS = Collections.emptySortedMap();

    @Nested
    class Locks {

        @ParameterizedTest
        @EnumSource(names = {"H2_JDBC", "POSTGRES_JDBC", "POSTGRES_JPA"})
        void the_aggregates_and_what_they_link_to_and_the_others(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(
                        event(KIND, "ubik", 0, encrypted("2", "1")),
                        event(SUBTYPE, "emma", 0, encrypted("3")),
                        event(KIND, "third", 0, encrypted("4")));
                linkPlain(store, OTHER_KEY);

                store.inTransaction(() -> {
                    store.index.lockChangesTo(nothingOf(UBIK, EMMA), modes(PLAIN, SHARED));
                    for (Identity locked : List.of(UBIK, EMMA, KEY, OTHER_KEY, key("3"), PLAIN)) {
                        assertThat(waits(store, locked, EXCLUSIVE))
                                .as("%s", locked)
                                .isTrue();
                    }
                    for (Identity free : List.of(Identity.of(KIND, "third"), key("4"), Identity.of("shelf", "2"))) {
                        takes(store, free, EXCLUSIVE);
                    }
                    return "done";
                });
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"POSTGRES_JDBC", "POSTGRES_JPA"})
        void shared_unless_it_is_wanted_exclusively(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event(KIND, "ubik", 0, encrypted("1", "2")));
                SortedMap<Identity, LockMode> others = modes(KEY, EXCLUSIVE);
                others.put(PLAIN, EXCLUSIVE);

                store.inTransaction(() -> {
                    store.index.lockChangesTo(nothingOf(UBIK), others);
                    takes(store, UBIK, SHARED);
                    takes(store, OTHER_KEY, SHARED);
                    assertThat(waits(store, KEY, SHARED)).isTrue();
                    assertThat(waits(store, PLAIN, SHARED)).isTrue();
                    return "done";
                });
                assertThat(others).hasSize(2);
            }
        }

        @ParameterizedTest
        @EnumSource
        void need_a_transaction(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                assertThatThrownBy(() -> store.index.lockChangesTo(nothingOf(UBIK), NO_OTHERS))
                        .isInstanceOf(IllegalStateException.class);
            }
        }

        @ParameterizedTest
        @EnumSource(
                mode = EnumSource.Mode.EXCLUDE,
                names = {"IN_MEMORY", "H2_JDBC_WITHOUT_SPRING"}) // which need none
        void need_more_than_a_unit_of_work(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                UnitOfWork<?> withoutTransaction = DefaultUnitOfWork.startAndGet(new GenericMessage<>("none"));
                assertThatThrownBy(() -> store.index.lockChangesTo(nothingOf(UBIK), NO_OTHERS))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("needs a transaction");
                withoutTransaction.rollback();
            }
        }

        @Test
        void are_all_taken_by_a_driver_that_asks_for_few_rows_at_a_time() {
            try (TestStore store = Engine.POSTGRES_JDBC.open(TypedBook.names());
                    TestStore few = TestStore.onExistingTables(
                            TestDatabases.postgres(store.database().getJdbcUrl() + "&defaultRowFetchSize=1"))) {
                SortedMap<Identity, LockMode> keys = new TreeMap<>();
                IntStream.range(0, 4).forEach(i -> keys.put(key("few" + i), SHARED));
                few.inTransaction(() -> {
                    few.index.lock(keys);
                    assertThat(keys.keySet()).allMatch(trigger -> waits(store, trigger, EXCLUSIVE));
                    return "done";
                });
            }
        }

        /** PostgreSQL has room for some 6,400 locks of all transactions. */
        @Test
        void of_very_many_triggers_do_not_fill_the_lock_table() {
            try (TestStore store = Engine.POSTGRES_JDBC.open(TypedBook.names())) {
                SortedMap<Identity, LockMode> many = new TreeMap<>();
                IntStream.range(0, 50_000).forEach(i -> many.put(key("many" + i), SHARED));
                store.inTransaction(() -> {
                    store.index.lock(many);
                    OwnThread.run(() -> store.inTransaction(() -> {
                                store.index.lock(many);
                                return "done";
                            }))
                            .orTimeout(20, TimeUnit.SECONDS)
                            .join();
                    return "done";
                });
            }
        }

        @Test
        void are_rows_on_h2_of_which_missing_ones_are_created() throws SQLException {
            try (TestStore store = Engine.H2_JDBC.open(TypedBook.names())) {
                store.publish(event(KIND, "ubik", 0, encrypted("1", "2")));
                TestDatabases.execute(
                        store.database(), "INSERT INTO coherence_trigger (name) VALUES ('key:2'), ('key:3')");

                lockChanges(store, UBIK);
                assertThat(rows(store)).containsExactly("Book:ubik", "key:1", "key:2", "key:3");
                lockChanges(store, UBIK, EMMA);
                assertThat(rows(store)).containsExactly("Book:emma", "Book:ubik", "key:1", "key:2", "key:3");
            }
        }

        private static List<String> rows(TestStore store) throws SQLException {
            List<String> names = new ArrayList<>();
            try (Connection connection = store.database().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT name FROM coherence_trigger")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            Collections.sort(names);
            return names;
        }
    }

    @Nested
    class Tells {

        @ParameterizedTest
        @EnumSource
        void what_a_probe_tells_of_each(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event(KIND, "ubik", 0, encrypted("1")), event(KIND, "emma", 0, encrypted("2")));
                fire(store, KEY); // 3

                Map<ReadState, Probe> told = store.inTransaction(() -> store.index.lockChangesTo(
                        Set.of(read(UBIK, "0@2"), read(UBIK, "@3"), read(EMMA, "0@2"), read(PLAIN, "1")),
                        modes(OTHER_KEY, EXCLUSIVE)));
                assertThat(told)
                        .containsOnly(
                                Map.entry(read(UBIK, "0@2"), new Probe(3, true)),
                                Map.entry(read(UBIK, "@3"), new Probe(3, false)),
                                Map.entry(read(EMMA, "0@2"), new Probe(3, false)),
                                Map.entry(read(PLAIN, "1"), new Probe(3, false)));
            }
        }

        @ParameterizedTest
        @EnumSource
        void of_very_many(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event(KIND, "b7", 0, encrypted("1")));
                fire(store, KEY); // 2
                Identity[] many = IntStream.range(0, 1_100)
                        .mapToObj(i -> Identity.of(KIND, "b" + i))
                        .toArray(Identity[]::new);
                for (int i = 0; i < 2; i++) {
                    Map<ReadState, Probe> told = lockChanges(store, many);
                    assertThat(told).hasSize(1_100);
                    assertThat(told.entrySet())
                            .filteredOn(entry -> entry.getValue().unseenEffects())
                            .extracting(entry -> entry.getKey().aggregate())
                            .containsExactly(Identity.of(KIND, "b7"));
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void nothing_where_nothing_is_asked(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                assertThat(lockChanges(store)).isEmpty();
            }
        }

        @Test
        void in_one_round_trip_to_postgresql() {
            try (TestStore store = Engine.POSTGRES_JDBC.open(TypedBook.names())) {
                store.publish(event(KIND, "ubik", 0, encrypted("1", "2")));
                AtomicInteger roundTrips = new AtomicInteger();
                DataSource joining = new TransactionAwareDataSourceProxy(store.database());
                EventIndex counting = JdbcEventIndex.builder()
                        .connectionProvider(() -> {
                            roundTrips.incrementAndGet();
                            return joining.getConnection();
                        })
                        .transactionManager(store.transactions)
                        .serializer(TestStore.serializer())
                        .streamNames(TypedBook.names())
                        .build();
                store.inTransaction(() -> counting.lockChangesTo(nothingOf(PLAIN), NO_OTHERS)); // looks at the database
                roundTrips.set(0);
                store.inTransaction(() -> counting.lockChangesTo(nothingOf(UBIK, EMMA), modes(OTHER_KEY, EXCLUSIVE)));
                assertThat(roundTrips).hasValue(1);
            }
        }
    }

    private static Identity key(String id) {
        return Identity.of("key", id);
    }

    private static ReadState read(Identity aggregate, String base) {
        return new ReadState(aggregate, Revision.parse(base));
    }

    private static SortedMap<Identity, LockMode> modes(Identity trigger, LockMode mode) {
        SortedMap<Identity, LockMode> modes = new TreeMap<>();
        modes.put(trigger, mode);
        return modes;
    }

    /** Whether another transaction has to wait for the lock. */
    private static boolean waits(TestStore store, Identity trigger, LockMode mode) {
        return !lockElsewhere(store, trigger, mode)
                .completeOnTimeout("waits", 300, TimeUnit.MILLISECONDS)
                .join()
                .equals("locked");
    }

    /** Fails if another transaction does not get the lock. */
    private static void takes(TestStore store, Identity trigger, LockMode mode) {
        String unused = lockElsewhere(store, trigger, mode)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static CompletableFuture<String> lockElsewhere(TestStore store, Identity trigger, LockMode mode) {
        return OwnThread.supply(() -> store.inTransaction(() -> {
            store.index.lock(modes(trigger, mode));
            return "locked";
        }));
    }
}
