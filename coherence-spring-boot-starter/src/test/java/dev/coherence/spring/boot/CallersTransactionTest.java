package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.Coherence;
import dev.coherence.action.Identity;
import dev.coherence.revision.Revision;
import dev.coherence.spring.boot.GuardWiringTest.Revise;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A command that is sent within a transaction of Spring's becomes part of it, and has its isolation level. */
class CallersTransactionTest {

    private static final Identity BOOK = Identity.of("Book", "1");

    static Stream<TestApplication> applications() {
        return Stream.of(
                        TestApplication.withJdbc(TestDatabase.h2LikePostgres().withAxonTables()),
                        TestApplication.withJpa(TestDatabase.postgres())
                                .with(
                                        "axon.coherence.schema.initialize=always",
                                        "spring.jpa.hibernate.ddl-auto=update"))
                .map(application -> application.with(GuardWiringTest.WithBook.class));
    }

    @ParameterizedTest
    @MethodSource("applications")
    void at_repeatable_read_it_is_refused_and_nothing_is_stored(TestApplication application) {
        try (ConfigurableApplicationContext context = application.start()) {
            send(context, TransactionDefinition.ISOLATION_READ_COMMITTED, new Revise("1", null, "Idoru", "9"));

            for (Revision base : new Revision[] {Revision.of(0, 1), null}) {
                assertThatThrownBy(() -> send(
                                context,
                                TransactionDefinition.ISOLATION_REPEATABLE_READ,
                                new Revise("1", base, "Idoru", "10")))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContainingAll("needs isolation level READ COMMITTED", "REPEATABLE READ");
            }
            assertThat(context.getBean(Coherence.class).state(BOOK).revision().version())
                    .hasValue(0);
        }
    }

    private static void send(ConfigurableApplicationContext context, int isolation, Object command) {
        TransactionTemplate caller = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        caller.setIsolationLevel(isolation);
        caller.executeWithoutResult(
                status -> context.getBean(CommandGateway.class).sendAndWait(command));
    }
}
