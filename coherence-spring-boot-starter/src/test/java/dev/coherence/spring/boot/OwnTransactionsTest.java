package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A rebase inside of a transaction of Spring's. */
class OwnTransactionsTest {

    static Stream<TestApplication> applications() {
        return Stream.of(
                TestApplication.withJdbc(TestDatabase.h2LikePostgres().withAxonTables()),
                TestApplication.withJpa(TestDatabase.h2()));
    }

    @ParameterizedTest
    @MethodSource("applications")
    void is_stored_when_it_returns_whatever_becomes_of_the_caller(TestApplication application) {
        try (ConfigurableApplicationContext context = application.start()) {
            TransactionTemplate caller = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
            caller.executeWithoutResult(status -> {
                Shelf.of(context).add("Neuromancer");
                status.setRollbackOnly();
            });

            assertThat(Shelf.of(context).actors("Neuromancer")).containsExactly("alice");
        }
    }

    @Test
    void is_refused_where_the_transaction_cannot_be_told_from_its_own() {
        TestApplication application = TestApplication.withJdbc(
                        TestDatabase.h2LikePostgres().withAxonTables())
                .with(OwnManager.class);
        try (ConfigurableApplicationContext context = application.start()) {
            TransactionTemplate caller = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));

            assertThatThrownBy(() -> caller.executeWithoutResult(
                            status -> Shelf.of(context).add("Neuromancer")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("@Transactional");
            assertThat(Shelf.of(context).add("Count Zero")).isPositive();
        }
    }

    static class OwnManager {

        @Bean
        TransactionManager axonTransactionManager(PlatformTransactionManager spring) {
            return new SpringTransactionManager(spring) {};
        }
    }
}
