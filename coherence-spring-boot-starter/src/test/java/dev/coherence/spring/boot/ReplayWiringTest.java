package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.coherence.Coherence;
import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.processor.ReplayListener;
import dev.coherence.axon.processor.ReplayProgress;
import dev.coherence.axon.processor.ReplayingEventProcessingModule;
import dev.coherence.axon.processor.Replays;
import dev.coherence.axon.processor.WindowProgress;
import dev.coherence.axon.replay.AggregateReset;
import dev.coherence.axon.token.LanesToken;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.common.Registration;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.annotation.SourceId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

class ReplayWiringTest {

    private @Nullable ConfigurableApplicationContext context;

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
    }

    @ProcessingGroup("books")
    @ReplayOnEffect
    static class Books {

        final List<String> calls = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(PatchApplied event, @SourceId String book, ReplayStatus status, Revision revision) {
            calls.add("%s %s %s".formatted(book, status, revision));
        }

        @AggregateResetHandler
        void reset(AggregateReset reset, Coherence beanOfTheApplication) {
            calls.add("reset " + reset.aggregateIdentifier());
        }
    }

    @Import(Books.class)
    static class WithBooks {}

    enum Store {
        JDBC {
            @Override
            TestApplication application() {
                return TestApplication.withJdbc(TestDatabase.h2LikePostgres().withAxonTables());
            }
        },
        JPA {
            @Override
            TestApplication application() {
                return TestApplication.withJpa(TestDatabase.h2()).with("spring.jpa.hibernate.ddl-auto=create");
            }
        };

        abstract TestApplication application();
    }

    private ConfigurableApplicationContext start(Store store, Class<?> configuration, String... properties) {
        context = store.application().with(configuration).with(properties).start();
        return context;
    }

    private long append(String book) {
        return number(context.getBean(Coherence.class)
                .rebase(context.getBean(EventIndex.class).head())
                .action(action -> action.reason("revise")
                        .actor("user", "bob")
                        .aggregate("book", book)
                        .assoc("title", "Idoru")
                        .trigger("rate", "EUR"))
                .execute());
    }

    private long fire() {
        return number(context.getBean(Coherence.class)
                .rebase(context.getBean(EventIndex.class).head())
                .effect(effect -> effect.reason("changed").trigger("rate", "EUR"))
                .execute());
    }

    private static long number(RebaseResult result) {
        return ((RebaseResult.Accepted) result).events().get(0).sequenceNumber();
    }

    /** Until the segment has its plain token at the position again. */
    private void awaitRest(String group, long position) {
        TokenStore tokens = context.getBean(TokenStore.class);
        TransactionManager transactions = context.getBean(TransactionManager.class);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            TrackingToken token = transactions.fetchInTransaction(() -> tokens.fetchToken(group, 0));
            assertThat(token).isNotInstanceOf(LanesToken.class);
            assertThat(token.position()).hasValue(position);
        });
    }

    @Nested
    class A_marked_class {

        @ParameterizedTest
        @EnumSource
        void is_replayed_to_by_its_default_processor(Store store) {
            start(store, WithBooks.class);
            List<String> calls = context.getBean(Books.class).calls;
            append("a");
            awaitCalls(calls, 1);
            long effect = fire();
            awaitCalls(calls, 3);

            assertThat(calls.subList(1, 3)).containsExactly("reset book:a", "book:a REPLAY 0@" + effect);
        }

        @ParameterizedTest
        @CsvSource({"tracking", "pooled"})
        void is_replayed_to_by_a_processor_that_properties_name(String mode) {
            start(Store.JDBC, WithBooks.class, "axon.eventhandling.processors.books.mode=" + mode);
            List<String> calls = context.getBean(Books.class).calls;
            append("a");
            awaitCalls(calls, 1);
            fire();
            awaitCalls(calls, 3);

            assertThat(calls.get(1)).isEqualTo("reset book:a");
        }

        private void awaitCalls(List<String> calls, int count) {
            await().atMost(Duration.ofSeconds(30)).until(() -> calls.size() >= count);
        }

        @Test
        void is_refused_with_a_subscribing_processor() {
            assertThatThrownBy(() ->
                            start(Store.JDBC, WithBooks.class, "axon.eventhandling.processors.books.mode=subscribing"))
                    .rootCause()
                    .hasMessageContaining("The processing group books takes part in replays");
        }

        @Test
        void is_refused_with_a_module_of_the_application() {
            assertThatThrownBy(() -> start(Store.JDBC, WithOwnModule.class))
                    .rootCause()
                    .hasMessageContaining(Books.class.getName())
                    .hasMessageContaining(ReplayingEventProcessingModule.class.getName());
        }
    }

    @Import(Books.class)
    static class WithOwnModule {
        @Bean
        EventProcessingModule eventProcessingModule() {
            return new EventProcessingModule();
        }
    }

    @Nested
    class What_is_known_of_replays {

        static class Listening implements ReplayListener {

            final List<String> calls = new CopyOnWriteArrayList<>();

            @Override
            public void closed(WindowProgress window) {
                calls.add(window.processor() + " " + window.replayed().aggregates());
            }
        }

        /** Depends on what depends on the event processors. */
        @Import({Books.class, Listening.class})
        static class WithListeners {
            @Bean
            ReplayListener asking(Replays replays, EventProcessingConfiguration processing) {
                return new ReplayListener() {};
            }
        }

        @Import(Books.class)
        static class WithOwnReplays {
            @Bean
            Replays own(ReplayingEventProcessingModule processing) {
                return new Replays() {
                    @Override
                    public List<ReplayProgress> progress() {
                        return List.of();
                    }

                    @Override
                    public Registration listen(ReplayListener listener) {
                        return processing.replays().listen(listener);
                    }
                };
            }
        }

        @Test
        void is_a_bean() {
            start(Store.JDBC, WithBooks.class);
            long last = append("a");
            awaitRest("books", last);

            assertThat(context.getBean(Replays.class).progress())
                    .extracting(ReplayProgress::processor)
                    .containsOnly("books");
        }

        @Test
        void is_told_to_listeners_that_are_beans() {
            start(Store.JDBC, WithListeners.class);
            awaitRest("books", append("a"));
            fire();

            List<String> calls = context.getBean(Listening.class).calls;
            await().atMost(Duration.ofSeconds(30)).until(() -> !calls.isEmpty());
            assertThat(calls).containsExactly("books 1");
        }

        @Test
        void backs_off_for_a_bean_of_the_application() {
            start(Store.JDBC, WithOwnReplays.class);

            assertThat(context.getBeansOfType(Replays.class)).containsOnlyKeys("own");
        }

        @Test
        void is_nothing_without_processors_of_coherence() {
            start(Store.JDBC, WithoutReplays.class);

            assertThat(context.getBeansOfType(Replays.class)).isEmpty();
        }
    }

    static class WithoutReplays {
        @Bean
        EventProcessingModule eventProcessingModule() {
            return new EventProcessingModule();
        }
    }

    @Nested
    class Properties {

        @ProcessingGroup("plain")
        static class Plain {
            final List<ReplayStatus> calls = new CopyOnWriteArrayList<>();

            @EventHandler
            void on(PatchApplied event, ReplayStatus status) {
                calls.add(status);
            }
        }

        @Import(Plain.class)
        static class WithPlain {}

        @Test
        void let_a_group_take_part_that_is_not_marked() {
            start(Store.JDBC, WithPlain.class, "axon.coherence.replay.groups.plain.without-reset=true");
            List<ReplayStatus> calls = context.getBean(Plain.class).calls;
            append("a");
            await().atMost(Duration.ofSeconds(30)).until(() -> calls.size() == 1);
            fire();
            await().atMost(Duration.ofSeconds(30)).until(() -> calls.size() == 2);

            assertThat(calls.get(1).isReplay()).isTrue();
        }

        @Test
        void keep_a_marked_group_out() {
            start(Store.JDBC, WithBooks.class, "axon.coherence.replay.groups.books.enabled=false");
            append("a");
            fire();
            long last = append("a");
            awaitRest("books", last);

            assertThat(context.getBean(Books.class).calls).hasSize(2).noneMatch(call -> call.contains("reset"));
        }

        @Test
        void are_refused_for_a_group_that_does_not_exist() {
            assertThatThrownBy(
                            () -> start(Store.JDBC, WithBooks.class, "axon.coherence.replay.groups.boks.enabled=true"))
                    .rootCause()
                    .hasMessageContaining("There is no processing group boks");
        }

        @ParameterizedTest
        @CsvSource({"share,1.1", "share,-0.1", "share,NaN", "aggregates-at-once,0"})
        void are_refused_out_of_range(String name, String value) {
            String property = "axon.coherence.replay." + name;

            assertThatThrownBy(() -> start(Store.JDBC, WithBooks.class, property + "=" + value))
                    .rootCause()
                    .hasMessageContaining(property);
        }
    }
}
