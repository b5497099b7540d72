package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.Coherence;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.effect.AxonEffects;
import dev.coherence.axon.effect.Effects;
import dev.coherence.axon.effect.FireResult;
import dev.coherence.axon.effect.FireResult.Fired;
import dev.coherence.axon.effect.FireResult.FiredBefore;
import dev.coherence.axon.effect.FireResult.Pending;
import dev.coherence.axon.event.EffectRequested;
import dev.coherence.log.EventLog;
import dev.coherence.log.InMemoryEventLog;
import dev.coherence.revision.Revision;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.scheduling.EventScheduler;
import org.axonframework.eventhandling.scheduling.ScheduleToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.AxonTracingAutoConfiguration;
import org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration;
import org.axonframework.springboot.autoconfig.InfraConfiguration;
import org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration;
import org.axonframework.springboot.autoconfig.XStreamAutoConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class EffectsWiringTest {

    private static final Effect EFFECT = new Effect("changed", Identity.of("rate", "EUR"));

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AxonAutoConfiguration.class,
                    AxonTracingAutoConfiguration.class,
                    EventProcessingAutoConfiguration.class,
                    InfraConfiguration.class,
                    NoOpTransactionAutoConfiguration.class,
                    XStreamAutoConfiguration.class,
                    CoherenceAutoConfiguration.class))
            .withBean(EventStorageEngine.class, () -> new InMemoryEventStorageEngine(1));

    /** Publishes nothing; remembers what it was given. */
    private static final class Noting implements EventScheduler {

        private record Token() implements ScheduleToken {}

        private final List<Object> events = new ArrayList<>();

        @Override
        public ScheduleToken schedule(Instant triggerDateTime, Object event) {
            events.add(event);
            return new Token();
        }

        @Override
        public ScheduleToken schedule(Duration triggerDuration, Object event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void cancelSchedule(ScheduleToken scheduleToken) {
            events.clear();
        }
    }

    @Nested
    class The_bean {

        @Test
        void fires() {
            runner.run(context -> {
                assertThat(context).hasSingleBean(Effects.class).hasSingleBean(AxonEffects.class);
                Effects effects = context.getBean(Effects.class);
                assertThat(effects.fire(EFFECT, "once")).isEqualTo(new Fired(1));
                assertThat(effects.fire(EFFECT, "once")).isEqualTo(new FiredBefore(1));
                assertThat(effects.replay(Identity.of("book", "1"), "mended").number())
                        .hasValue(2);
            });
        }

        @Test
        void needs_no_transactions_on_the_class_path() {
            runner.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
                    .run(context -> assertThat(context.getBean(Effects.class).fire(EFFECT))
                            .isEqualTo(new Fired(1)));
        }

        @Test
        void is_not_there_when_coherence_is_off() {
            runner.withPropertyValues("axon.coherence.enabled=false")
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Effects.class));
        }

        @Test
        void is_not_there_without_an_event_store() {
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(CoherenceAutoConfiguration.class))
                    .withBean(EventLog.class, InMemoryEventLog::new)
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Effects.class));
        }

        @Test
        void works_with_a_log_of_the_application() {
            runner.withBean("ownLog", EventLog.class, InMemoryEventLog::new)
                    .run(context -> assertThat(context.getBean(Effects.class).fire(EFFECT))
                            .isEqualTo(new Fired(1)));
        }

        @Test
        void gives_way_to_one_of_the_application() {
            Effects own = (Effects) Proxy.newProxyInstance(
                    Effects.class.getClassLoader(),
                    new Class<?>[] {Effects.class},
                    (proxy, method, arguments) -> method.invoke("own", arguments));
            runner.withBean(Effects.class, () -> own)
                    .run(context -> assertThat(context)
                            .hasSingleBean(Effects.class)
                            .doesNotHaveBean(AxonEffects.class)
                            .doesNotHaveBean(EffectsConfiguration.CallersTransaction.class));
        }
    }

    @Nested
    class Schedules {

        @Test
        void are_made_by_the_scheduler_of_the_application() {
            Noting scheduler = new Noting();
            runner.withBean(EventScheduler.class, () -> scheduler).run(context -> {
                Effects effects = context.getBean(Effects.class);
                ScheduleToken token = effects.schedule(EFFECT, Instant.EPOCH, "once");
                assertThat(scheduler.events).containsExactly(EffectRequested.once(EFFECT, "once"));
                effects.cancel(token);
                assertThat(scheduler.events).isEmpty();
            });
        }

        @Test
        void are_refused_without_one() {
            runner.run(context -> assertThatThrownBy(
                            () -> context.getBean(Effects.class).schedule(EFFECT, Instant.EPOCH))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("EventScheduler"));
        }
    }

    @ProcessingGroup("shelf")
    @ReplayOnEffect(withoutReset = true)
    static class Shelf {
        @EventHandler
        void on(String event) {}
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_group_that_this_node_does_not_have_is_logged(CapturedOutput output) {
        try (ConfigurableApplicationContext context = TestApplication.withJdbc(
                        TestDatabase.h2LikePostgres().withAxonTables())
                .with(Shelf.class)
                .start()) {
            Effects effects = context.getBean(Effects.class);
            effects.replayKind("book", "mended", "shelf");
            assertThat(output).doesNotContain("A replay to");
            effects.replayKind("book", "mended", "shelv");
            assertThat(output).contains("[shelv] are none of those of this node that take part in replays, [shelf]");
        }
    }

    static Stream<TestApplication> applications() {
        return Stream.of(
                TestApplication.withJdbc(TestDatabase.h2LikePostgres().withAxonTables()),
                TestApplication.withJpa(TestDatabase.postgres())
                        .with("axon.coherence.schema.initialize=always", "spring.jpa.hibernate.ddl-auto=update"));
    }

    @ParameterizedTest
    @MethodSource("applications")
    void an_effect_takes_part_in_a_transaction_of_Springs(TestApplication application) {
        try (ConfigurableApplicationContext context = application.start()) {
            Effects effects = context.getBean(Effects.class);
            TransactionTemplate caller = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
            caller.executeWithoutResult(status -> {
                assertThat(effects.fire(EFFECT)).isEqualTo(new Pending());
                status.setRollbackOnly();
            });
            assertThat(fired(context)).isEmpty();

            FireResult result = caller.execute(status -> effects.fire(EFFECT, "once"));
            assertThat(result).isEqualTo(new Pending());
            assertThat(fired(context)).hasSize(1);
            assertThat(effects.fire(EFFECT, "once"))
                    .isEqualTo(new FiredBefore(fired(context).get(0).sequenceNumber()));
            assertThat(effects.fire(EFFECT)).isInstanceOf(Fired.class);
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void an_effect_after_the_commit_is_told_to_be_uncertain(CapturedOutput output) {
        try (ConfigurableApplicationContext context = TestApplication.withJdbc(
                        TestDatabase.h2LikePostgres().withAxonTables())
                .start()) {
            TransactionTemplate caller = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
            caller.executeWithoutResult(status -> context.getBean(Effects.class).fire(EFFECT));
            assertThat(output).doesNotContain("not certain");

            caller.executeWithoutResult(status ->
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            context.getBean(Effects.class).fire(EFFECT);
                        }
                    }));
            assertThat(output).contains("had ended already", "not certain", "REQUIRES_NEW");
        }
    }

    private static List<Event> fired(ConfigurableApplicationContext context) {
        return context.getBean(Coherence.class).conflicts(Revision.at(0), EFFECT.trigger());
    }
}
