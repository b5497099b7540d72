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
import static dev.coherence.axon.index.Changes.linkPlain;
import static dev.coherence.axon.index.Changes.lockChanges;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** What {@link EventIndex#lockChangesTo} finds and creates. */
class LockChangesTest {

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
            assertThat(lockChanges(store, Set.of(UBIK, EMMA))).containsExactly(KEY, OTHER_KEY, Identity.of("key", "3"));
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
            TestDatabases.execute(store.database(), "INSERT INTO coherence_trigger (name) VALUES ('key:2'), ('key:3')");

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
