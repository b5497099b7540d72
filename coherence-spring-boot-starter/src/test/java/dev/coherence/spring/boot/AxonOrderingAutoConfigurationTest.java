package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

class AxonOrderingAutoConfigurationTest {

    private static final String OURS = "dev.coherence.spring.boot.AxonOrderingAutoConfiguration,"
            + "dev.coherence.spring.boot.CoherenceAutoConfiguration";

    @Nested
    class With_JDBC_only {

        @Test
        void an_application_has_event_store_transactions_and_token_store() {
            assertThat(JdbcOnlyClassPath.beansOf())
                    .containsEntry("EventStore", "EmbeddedEventStore")
                    .containsEntry("EventStorageEngine", "JdbcEventStorageEngine")
                    .containsEntry("TransactionManager", "SpringTransactionManager")
                    .containsEntry("TokenStore", "JdbcTokenStore");
        }

        @Test
        void without_the_order_it_has_none_of_them_and_nobody_says_so() {
            assertThat(JdbcOnlyClassPath.beansOf("spring.autoconfigure.exclude=" + OURS))
                    .containsEntry("EventStore", "none")
                    .containsEntry("EventBus", "SimpleEventBus")
                    .containsEntry("EventStorageEngine", "none")
                    .containsEntry("TransactionManager", "NoTransactionManager")
                    .containsEntry("TokenStore", "none");
        }

        @Test
        void an_event_processor_keeps_its_token_in_the_database() throws InterruptedException {
            TestDatabase database = TestDatabase.h2LikePostgres().withAxonTables();
            try (ConfigurableApplicationContext context =
                    TestApplication.withJdbc(database).with(Listening.class).start()) {
                context.getBean(EventGateway.class).publish("hello");
                Listening.Listener listener = context.getBean(Listening.Listener.class);
                assertThat(listener.heard.await(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(database.query("SELECT processorName FROM TokenEntry")).contains("listener");
        }
    }

    @Nested
    class Names {

        @Test
        void of_what_Axon_configures_are_those_of_its_classes() {
            assertThat(annotation().beforeName()).allMatch(name -> ClassUtils.isPresent(name, null));
        }

        @Test
        void of_what_Spring_Boot_configures_are_those_of_its_classes() {
            assertThat(annotation().afterName())
                    .filteredOn(name -> name.contains(".jdbc.autoconfigure.") || name.contains(".hibernate."))
                    .hasSize(3)
                    .allMatch(name -> ClassUtils.isPresent(name, null));
        }

        private AutoConfiguration annotation() {
            return AnnotationUtils.findAnnotation(AxonOrderingAutoConfiguration.class, AutoConfiguration.class);
        }
    }

    static class Listening {

        @Bean
        Listener listener() {
            return new Listener();
        }

        @ProcessingGroup("listener")
        static class Listener {

            final CountDownLatch heard = new CountDownLatch(1);

            @EventHandler
            void on(String event) {
                heard.countDown();
            }
        }
    }
}
