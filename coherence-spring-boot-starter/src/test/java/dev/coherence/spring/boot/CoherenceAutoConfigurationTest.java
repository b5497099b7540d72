package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.axon.AxonEventLog;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.EventLog;
import dev.coherence.log.InMemoryEventLog;
import java.util.Set;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class CoherenceAutoConfigurationTest {

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

    @Nested
    class On {

        @Test
        void it_makes_a_Coherence_over_the_event_store() {
            runner.run(context -> assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(Coherence.class)
                    .hasSingleBean(AxonEventLog.class)
                    .hasSingleBean(InMemoryEventIndex.class));
        }

        @Test
        void it_needs_neither_JDBC_nor_JPA_nor_transactions_on_the_class_path() {
            runner.withClassLoader(new FilteredClassLoader(
                            "org.springframework.jdbc",
                            "org.springframework.orm",
                            "org.springframework.transaction",
                            "org.springframework.boot.sql",
                            "org.hibernate",
                            "jakarta.persistence",
                            "tools.jackson"))
                    .run(context -> assertThat(context).hasSingleBean(Coherence.class));
        }
    }

    @Nested
    class Off {

        @Test
        void by_its_property() {
            runner.withPropertyValues("axon.coherence.enabled=false")
                    .run(context -> assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean(Coherence.class)
                            .doesNotHaveBean(CoherenceProperties.class));
        }

        @Test
        void without_the_auto_configuration_of_Axon() {
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(CoherenceAutoConfiguration.class))
                    .withClassLoader(new FilteredClassLoader("org.axonframework.springboot"))
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Coherence.class));
        }

        @Test
        void without_event_sourcing() {
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(CoherenceAutoConfiguration.class))
                    .withClassLoader(new FilteredClassLoader("org.axonframework.eventsourcing"))
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Coherence.class));
        }
    }

    @Nested
    class Event_classes {

        @Test
        void are_looked_at_once_by_guard_and_index() {
            runner.run(context -> assertThat(context.getBean(EventIndex.class))
                    .extracting("codec.typedEvents.descriptors")
                    .isSameAs(context.getBean(EventDescriptors.class)));
        }
    }

    @Nested
    class Beans_of_the_application_count {

        @Test
        void a_Coherence() {
            Coherence own = Coherence.over(new InMemoryEventLog(), CoherenceSettings.withSource("own"));
            runner.withBean(Coherence.class, () -> own)
                    .run(context -> assertThat(context.getBean(Coherence.class)).isSameAs(own));
        }

        @Test
        void settings() {
            CoherenceSettings own = CoherenceSettings.withSource("own");
            runner.withBean(CoherenceSettings.class, () -> own)
                    .run(context ->
                            assertThat(context.getBean(CoherenceSettings.class)).isSameAs(own));
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        @ExtendWith(OutputCaptureExtension.class)
        void a_log_also_where_there_is_no_event_store(boolean lazy, CapturedOutput output) {
            new ApplicationContextRunner()
                    .withInitializer(context -> {
                        if (lazy) {
                            context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
                        }
                    })
                    .withConfiguration(AutoConfigurations.of(CoherenceAutoConfiguration.class))
                    .withBean("ownLog", EventLog.class, InMemoryEventLog::new)
                    .run(context -> assertThat(context)
                            .hasSingleBean(Coherence.class)
                            .hasSingleBean(EventLog.class)
                            .doesNotHaveBean(EventIndex.class));
            assertThat(output).contains("coherence does not check commands", "ownLog", "define an EventStorageEngine");
        }

        @Test
        void an_index() {
            runner.withBean(
                            EventIndex.class,
                            () -> new InMemoryEventIndex(
                                    new InMemoryEventStorageEngine(1), StreamNames.withoutAnnotatedKinds()))
                    .run(context ->
                            assertThat(context).hasSingleBean(EventIndex.class).doesNotHaveBean("coherenceEventIndex"));
        }

        @Test
        void names() {
            StreamNames own = new StreamNames(() -> Set.of("book"));
            runner.withBean(StreamNames.class, () -> own).run(context -> {
                assertThat(context.getBean(StreamNames.class)).isSameAs(own);
                assertThat(context.getBean(EventIndex.class).streamNames()).isSameAs(own);
            });
        }
    }
}
