package dev.coherence.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Action;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.log.CommitResult;
import dev.coherence.log.ConcurrentAppendException;
import dev.coherence.log.Draft;
import dev.coherence.log.EventLog;
import dev.coherence.log.Scope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A race that is lost in the middle of an append is a result, not an exception. */
class LostAppendTest {

    private static final Action ACTION = new Action(
            "create",
            Identity.of("user", "alice"),
            Identity.of("book", "1"),
            Patch.builder().assoc("a", 1).build(),
            new TreeSet<>(List.of(Identity.of("key", "1"))));

    private final TestStore store = Engine.H2_JDBC.open();

    @AfterEach
    void close() {
        store.close();
    }

    /** Appends with an index that is told of each call before it answers. */
    private CommitResult append(Consumer<String> calls) {
        store.log.close(); // records no more
        EventIndex index = (EventIndex) Proxy.newProxyInstance(
                EventIndex.class.getClassLoader(), new Class<?>[] {EventIndex.class}, (proxy, called, arguments) -> {
                    calls.accept(called.getName());
                    try {
                        return called.invoke(store.index, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        AxonEventLog log = AxonEventLog.builder()
                .eventStore(store.eventStore)
                .transactionManager(store.transactions)
                .index(index)
                .build();
        try (EventLog.Transaction transaction = log.begin(Scope.of(List.of(ACTION)))) {
            return transaction.append(List.of(new Draft(ACTION, Instant.EPOCH, "test", new TreeSet<>())));
        }
    }

    private static ConcurrentAppendException refused() {
        return new ConcurrentAppendException("a concurrent transaction was in the way", new SQLException("x", "23505"));
    }

    @Nested
    class A_row_of_the_index_that_somebody_else_wrote {

        @Test
        void is_a_lost_race() {
            CommitResult result = append(call -> {
                if (call.equals("record")) {
                    throw refused();
                }
            });

            assertThat(result).isInstanceOf(CommitResult.Lost.class);
            assertThat(store.index.lastNumber()).isZero();
        }

        @Test
        void is_a_lost_race_even_if_the_store_cannot_be_asked_what_it_holds() {
            CommitResult result = append(call -> {
                if (call.equals("record")) {
                    throw refused();
                }
                if (call.equals("numbers")) {
                    throw new IllegalStateException("no connection left");
                }
            });

            assertThat(result).isInstanceOf(CommitResult.Lost.class);
            assertThat(store.index.lastNumber()).isZero();
        }
    }

    @Nested
    class A_subscriber_that_lost_a_race {

        @Test
        void is_a_lost_race_however_it_says_so() {
            store.eventStore.subscribe(events -> {
                throw new CompletionException(new ConcurrencyException("a command of an event handler lost"));
            });

            assertThat(append(call -> {})).isInstanceOf(CommitResult.Lost.class);
            assertThat(store.index.lastNumber()).isZero();
        }
    }

    @Nested
    class Another_failure {

        @Test
        void is_thrown_with_what_went_wrong_after_it() {
            assertThatThrownBy(() -> append(call -> {
                        if (call.equals("record") || call.equals("numbers")) {
                            throw new IllegalStateException(call);
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("record")
                    .hasSuppressedException(new IllegalStateException("numbers"));
            assertThat(store.index.lastNumber()).isZero();
        }
    }
}
