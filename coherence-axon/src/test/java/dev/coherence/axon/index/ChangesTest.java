package dev.coherence.axon.index;

import static dev.coherence.axon.TypedBook.KIND;
import static dev.coherence.axon.TypedBook.SUBTYPE;
import static dev.coherence.axon.TypedBook.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.TypedBook;
import dev.coherence.axon.TypedBook.Encrypted;
import dev.coherence.axon.jdbc.JdbcEventIndex;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** How an index guards changes to aggregates: {@link EventIndex#lockChangesTo} and {@link EventIndex#probe}. */
class ChangesTest {

    private static final Identity UBIK = Identity.of(KIND, "ubik");
    private static final Identity EMMA = Identity.of(KIND, "emma");
    private static final Identity PLAIN = Identity.of("shelf", "1");
    private static final Identity KEY = Identity.of("key", "1");
    private static final Identity OTHER_KEY = Identity.of("key", "2");

    @Nested
    class Locking {

        @ParameterizedTest
        @EnumSource
        void tells_the_triggers_that_the_aggregates_are_linked_to(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(
                        event(KIND, "ubik", 0, encrypted("2", "1")),
                        event(SUBTYPE, "emma", 0, encrypted("3")),
                        event(KIND, "other", 0, encrypted("4")));
                linkPlain(store, OTHER_KEY);

                assertThat(lockChanges(store, Set.of(UBIK))).containsExactly(KEY, OTHER_KEY);
                assertThat(lockChanges(store, Set.of(UBIK, EMMA)))
                        .containsExactly(KEY, OTHER_KEY, Identity.of("key", "3"));
                assertThat(lockChanges(store, Set.of(PLAIN))).containsExactly(OTHER_KEY);
                assertThat(lockChanges(store, Set.of(Identity.of(KIND, "new")))).isEmpty();
                assertThat(lockChanges(store, Set.of())).isEmpty();
            }
        }

        @ParameterizedTest
        @EnumSource
        void does_not_tell_the_others_even_where_they_are_exclusive(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event(KIND, "ubik", 0, encrypted("1")));
                SortedMap<Identity, LockMode> others = new TreeMap<>();
                others.put(OTHER_KEY, LockMode.EXCLUSIVE);
                others.put(KEY, LockMode.EXCLUSIVE);
                others.put(PLAIN, LockMode.SHARED);

                for (int i = 0; i < 2; i++) {
                    assertThat(store.<Set<Identity>>inTransaction(() -> store.index.lockChangesTo(Set.of(UBIK), others)))
                            .containsExactly(KEY);
                }
                assertThat(others).hasSize(3);
            }
        }

        @ParameterizedTest
        @EnumSource
        void of_very_many_aggregates_is_possible(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event(KIND, "b7", 0, encrypted("1")));
                List<Identity> many = new ArrayList<>();
                for (int i = 0; i < 1_100; i++) {
                    many.add(Identity.of(KIND, "b" + i));
                }
                assertThat(lockChanges(store, many)).containsExactly(KEY);
                assertThat(lockChanges(store, many)).containsExactly(KEY);
            }
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IN_MEMORY") // it has no rows
        void creates_the_rows_that_are_missing_and_no_others(Engine engine) throws SQLException {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event(KIND, "ubik", 0, encrypted("1", "2")));
                TestDatabases.execute(
                        store.database(), "INSERT INTO coherence_trigger (name) VALUES ('key:2'), ('key:3')");

                assertThat(lockChanges(store, Set.of(UBIK))).containsExactly(KEY, OTHER_KEY);
                assertThat(rows(store)).containsExactly("Book:ubik", "key:1", "key:2", "key:3");
                assertThat(lockChanges(store, Set.of(UBIK, EMMA))).containsExactly(KEY, OTHER_KEY);
                assertThat(rows(store)).containsExactly("Book:emma", "Book:ubik", "key:1", "key:2", "key:3");
            }
        }

        private List<String> rows(TestStore store) throws SQLException {
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

        @ParameterizedTest
        @EnumSource(names = {"H2_JDBC", "POSTGRES_JDBC"})
        void takes_one_statement_where_all_rows_exist(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event(KIND, "ubik", 0, encrypted("1", "2")));
                AtomicInteger statements = new AtomicInteger();
                DataSource joining = new TransactionAwareDataSourceProxy(store.database());
                EventIndex counting = JdbcEventIndex.builder()
                        .connectionProvider(() -> {
                            statements.incrementAndGet();
                            return joining.getConnection();
                        })
                        .transactionManager(store.transactions)
                        .serializer(TestStore.serializer())
                        .streamNames(TypedBook.names())
                        .build();
                SortedMap<Identity, LockMode> others = new TreeMap<>();
                others.put(OTHER_KEY, LockMode.SHARED);
                store.inTransaction(() -> counting.lockChangesTo(Set.of(UBIK), others));

                statements.set(0);
                store.inTransaction(() -> counting.lockChangesTo(Set.of(UBIK), others));
                assertThat(statements).hasValue(1);
                Probe unused = store.inTransaction(() -> counting.probe(UBIK, Revision.at(1)));
                assertThat(statements).hasValue(2);
            }
        }

        @ParameterizedTest
        @EnumSource
        void needs_a_transaction(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                assertThatThrownBy(() -> store.index.lockChangesTo(Set.of(UBIK), new TreeMap<>()))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Nested
    class Probing {

        @ParameterizedTest
        @EnumSource
        void tells_the_last_number_and_whether_an_effect_is_unseen(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                assertThat(store.index.probe(UBIK, Revision.at(0))).isEqualTo(new Probe(0, false));

                store.publish(
                        event(KIND, "ubik", 0, encrypted("1")),
                        event(KIND, "emma", 0, encrypted("2"))); // 1 and 2
                fire(store, KEY); // 3
                fire(store, EMMA); // 4

                assertThat(store.index.probe(UBIK, Revision.at(2))).isEqualTo(new Probe(4, true));
                assertThat(store.index.probe(UBIK, Revision.at(3))).isEqualTo(new Probe(4, false));
                assertThat(store.index.probe(EMMA, Revision.at(3))).isEqualTo(new Probe(4, true));
                assertThat(store.index.probe(EMMA, Revision.at(4))).isEqualTo(new Probe(4, false));
                assertThat(store.index.probe(PLAIN, Revision.at(0))).isEqualTo(new Probe(4, false));
            }
        }

        @ParameterizedTest
        @EnumSource
        void goes_by_the_unseen_ranges_of_the_base(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event(KIND, "ubik", 0, encrypted("1")));
                fire(store, OTHER_KEY); // 2
                fire(store, KEY); // 3
                fire(store, UBIK); // 4

                assertThat(store.index.probe(UBIK, Revision.parse("0@4-3")).unseenEffects())
                        .isTrue();
                assertThat(store.index.probe(UBIK, Revision.parse("0@3")).unseenEffects())
                        .isTrue();
                assertThat(store.index.probe(UBIK, Revision.parse("@4-1..2")).unseenEffects())
                        .isFalse();
                assertThat(store.index.probe(UBIK, Revision.parse("@4-1.3")).unseenEffects())
                        .isTrue();
            }
        }

        @ParameterizedTest
        @EnumSource
        void asks_for_no_effects_without_a_position(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event(KIND, "ubik", 0, encrypted("1")));
                fire(store, KEY);

                assertThat(store.index.probe(UBIK, Revision.parse("0"))).isEqualTo(new Probe(2, false));
            }
        }

        @ParameterizedTest
        @EnumSource
        void agrees_with_what_is_unseen(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event(KIND, "ubik", 0, encrypted("1", "2")));
                for (Identity trigger : List.of(KEY, EMMA, OTHER_KEY, UBIK, EMMA, PLAIN)) {
                    fire(store, trigger);
                }
                linkPlain(store, KEY);
                for (String text : List.of("@0", "@3", "@6-1", "@6-2", "@6-3", "@7-4", "@7-5", "@8-6..7", "@8", "0@1", "0")) {
                    Revision base = Revision.parse(text);
                    for (Identity aggregate : List.of(UBIK, EMMA, PLAIN)) {
                        boolean effects = store.index.unseen(aggregate, base).stream()
                                .anyMatch(event -> event.fold(action -> false, effect -> true));
                        assertThat(store.index.probe(aggregate, base))
                                .as("%s of %s", aggregate, text)
                                .isEqualTo(new Probe(8, effects));
                    }
                }
            }
        }
    }

    /** Both ways round, for a trigger that the aggregate is linked to, and for the aggregate itself. */
    @Nested
    class Against_an_effect {

        @ParameterizedTest
        @EnumSource(names = {"POSTGRES_JDBC", "POSTGRES_JPA"})
        void an_effect_waits_for_who_locked_changes(Engine engine) throws Exception {
            for (Identity fired : List.of(KEY, UBIK)) {
                try (TestStore store = engine.open(TypedBook.names())) {
                    store.publish(event(KIND, "ubik", 0, encrypted("1")));
                    CountDownLatch locked = new CountDownLatch(1);
                    CountDownLatch release = new CountDownLatch(1);
                    CompletableFuture<Probe> holder = CompletableFuture.supplyAsync(() -> store.inTransaction(() -> {
                        store.index.lockChangesTo(Set.of(UBIK), new TreeMap<>());
                        locked.countDown();
                        await(release);
                        return store.index.probe(UBIK, Revision.at(1));
                    }));
                    await(locked);
                    CompletableFuture<Void> effect = CompletableFuture.runAsync(() -> fire(store, fired));
                    assertWaits(effect);
                    release.countDown();

                    assertThat(holder.get(10, TimeUnit.SECONDS)).isEqualTo(new Probe(1, false));
                    effect.get(10, TimeUnit.SECONDS);
                    assertThat(store.index.probe(UBIK, Revision.at(1)).unseenEffects())
                            .isTrue();
                }
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"POSTGRES_JDBC", "POSTGRES_JPA"})
        void who_waited_for_an_effect_finds_it_with_the_probe(Engine engine) throws Exception {
            for (Identity fired : List.of(KEY, UBIK)) {
                for (boolean rowsExist : List.of(true, false)) {
                    try (TestStore store = engine.open(TypedBook.names())) {
                        store.publish(event(KIND, "ubik", 0, encrypted("1")));
                        if (rowsExist) {
                            lockChanges(store, Set.of(UBIK));
                        }
                        CountDownLatch appended = new CountDownLatch(1);
                        CountDownLatch release = new CountDownLatch(1);
                        var pause = store.eventStore.subscribe(events -> {
                            appended.countDown();
                            await(release);
                        });
                        CompletableFuture<Void> effect = CompletableFuture.runAsync(() -> fire(store, fired));
                        await(appended);
                        CompletableFuture<Probe> late = CompletableFuture.supplyAsync(() -> store.inTransaction(() -> {
                            store.index.lockChangesTo(Set.of(UBIK), new TreeMap<>());
                            return store.index.probe(UBIK, Revision.at(1));
                        }));
                        assertWaits(late);
                        release.countDown();

                        effect.get(10, TimeUnit.SECONDS);
                        assertThat(late.get(10, TimeUnit.SECONDS).unseenEffects())
                                .as("%s, rows exist: %s", fired, rowsExist)
                                .isTrue();
                        pause.cancel();
                    }
                }
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"POSTGRES_JDBC", "POSTGRES_JPA"})
        void two_that_lock_changes_do_not_wait_for_each_other(Engine engine) throws Exception {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event(KIND, "ubik", 0, encrypted("1")), event(KIND, "emma", 0, encrypted("1")));
                lockChanges(store, Set.of(UBIK, EMMA));
                store.inTransaction(() -> {
                    store.index.lockChangesTo(Set.of(UBIK), new TreeMap<>());
                    return CompletableFuture.runAsync(() -> lockChanges(store, Set.of(EMMA)))
                            .orTimeout(10, TimeUnit.SECONDS)
                            .join();
                });
            }
        }
    }

    private static void assertWaits(CompletableFuture<?> future) throws Exception {
        assertThatThrownBy(() -> future.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<Identity> lockChanges(TestStore store, Collection<Identity> aggregates) {
        return store.inTransaction(() -> store.index.lockChangesTo(aggregates, new TreeMap<>()));
    }

    private static Encrypted encrypted(String... keys) {
        return new Encrypted("isbn", List.of(keys), "secret");
    }

    private static void fire(TestStore store, Identity trigger) {
        accept(Coherence.over(store.log, CoherenceSettings.withSource("test"))
                .rebase(Revision.at(0))
                .effect(e -> e.reason("fired").trigger(trigger))
                .execute());
    }

    private static void linkPlain(TestStore store, Identity trigger) {
        accept(Coherence.over(store.log, CoherenceSettings.withSource("test"))
                .rebase(store.log.head())
                .action(a -> a.reason("link")
                        .actor("user", "bob")
                        .aggregate(PLAIN)
                        .assoc("a", 1)
                        .trigger(trigger))
                .execute());
    }

    private static void accept(RebaseResult result) {
        assertThat(result).isInstanceOf(RebaseResult.Accepted.class);
    }
}
