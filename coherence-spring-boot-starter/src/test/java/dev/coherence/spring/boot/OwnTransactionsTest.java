package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.revision.Revision;
import dev.coherence.spring.boot.GuardWiringTest.Revise;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A rebase inside of a transaction of Spring's. */
class OwnTransactionsTest {

    private static final Identity BOOK = Identity.of("Book", "1");

    static Stream<TestApplication> applications() {
        return Stream.of(
                        TestApplication.withJdbc(TestDatabase.h2LikePostgres().withAxonTables()),
                        TestApplication.withJpa(TestDatabase.h2()),
                        TestApplication.withJdbc(TestDatabase.h2LikePostgres().withAxonTables())
                                .with(OwnManager.class))
                .map(application -> application.with(GuardWiringTest.WithBook.class));
    }

    @ParameterizedTest
    @MethodSource("applications")
    void is_refused_at_once_and_leaves_that_transaction_as_it_is(TestApplication application) {
        try (ConfigurableApplicationContext context = application.start()) {
            inTransaction(
                    context,
                    () -> assertThatThrownBy(() -> Shelf.of(context).add("Neuromancer"))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContainingAll(
                                    "transaction of its own", "outside of @Transactional", "@EffectEvent"));
            assertThat(Shelf.of(context).actors("Neuromancer")).isEmpty();
            assertThat(Shelf.of(context).add("Count Zero")).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("applications")
    void never_waits_for_what_that_transaction_has_locked(TestApplication application) {
        try (ConfigurableApplicationContext context = application.start()) {
            send(context, new Revise("1", null, "Idoru", "9"));
            inTransaction(context, () -> {
                send(context, new Revise("1", Revision.of(0, 1), "Idoru", "10"));
                assertThatThrownBy(() -> fire(context)).isInstanceOf(IllegalStateException.class);
            });
            assertThat(Shelf.of(context).coherence().state(BOOK).revision().version())
                    .hasValue(1);
            assertThat(fire(context)).isInstanceOf(Accepted.class);
        }
    }

    private static void inTransaction(ConfigurableApplicationContext context, Runnable task) {
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> task.run());
    }

    private static void send(ConfigurableApplicationContext context, Object command) {
        context.getBean(CommandGateway.class).sendAndWait(command);
    }

    /** Fires the trigger that the book is linked to. */
    private static RebaseResult fire(ConfigurableApplicationContext context) {
        return Shelf.of(context)
                .coherence()
                .rebase(Revision.at(0))
                .effect(e -> e.reason("changed").trigger("rate", "EUR"))
                .execute();
    }

    static class OwnManager {

        @Bean
        TransactionManager axonTransactionManager(PlatformTransactionManager spring) {
            return new SpringTransactionManager(spring) {};
        }
    }
}
