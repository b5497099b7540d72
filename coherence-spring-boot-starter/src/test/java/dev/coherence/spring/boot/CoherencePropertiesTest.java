package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.CoherenceSettings;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.log.EventLog;
import dev.coherence.log.InMemoryEventLog;
import dev.coherence.spring.boot.store.IndexBuildMode;
import dev.coherence.spring.boot.store.SchemaInitialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class CoherencePropertiesTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withBean(EventLog.class, InMemoryEventLog::new)
            .withConfiguration(AutoConfigurations.of(CoherenceAutoConfiguration.class));

    @Nested
    class Defaults {

        @Test
        void are_strict_and_cautious() {
            runner.run(context -> {
                CoherenceProperties properties = context.getBean(CoherenceProperties.class);
                assertThat(properties.enabled()).isTrue();
                assertThat(properties.conflictPolicy()).isEqualTo(ConflictPolicy.STRICT);
                assertThat(properties.gapTimeout()).isEqualTo(Duration.ofSeconds(60));
                assertThat(properties.schema().initialize()).isEqualTo(SchemaInitialization.EMBEDDED);
                assertThat(properties.index().build()).isEqualTo(IndexBuildMode.IF_INCOMPLETE);
                assertThat(properties.jpa().acceptUnorderedSequence()).isFalse();
            });
        }

        @Test
        void take_the_source_from_the_name_of_the_application() {
            runner.withPropertyValues("spring.application.name=shop")
                    .run(context -> assertThat(source(context.getBean(CoherenceSettings.class)))
                            .isEqualTo("shop"));
        }

        @Test
        void name_a_source_without_one() {
            runner.run(context ->
                    assertThat(source(context.getBean(CoherenceSettings.class))).isEqualTo("application"));
        }

        private String source(CoherenceSettings settings) {
            return settings.source();
        }
    }

    @Test
    void values_reach_the_settings() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        runner.withBean(Clock.class, () -> clock)
                .withPropertyValues(
                        "spring.application.name=shop",
                        "axon.coherence.source=till",
                        "axon.coherence.conflict-policy=merge")
                .run(context -> assertThat(context.getBean(CoherenceSettings.class))
                        .isEqualTo(CoherenceSettings.withSource("till")
                                .withPolicy(ConflictPolicy.MERGE)
                                .withClock(clock)));
    }

    @Nested
    class Wrong_values {

        @ParameterizedTest
        @CsvSource({
            "axon.coherence.source, ''",
            "axon.coherence.source, '  '",
            "axon.coherence.gap-timeout, 0s",
            "axon.coherence.gap-timeout, -1s",
            "axon.coherence.gap-timeout, soon",
            "axon.coherence.conflict-policy, lenient",
            "axon.coherence.schema.initialize, sometimes",
            "axon.coherence.index.build, sometimes",
            "axon.coherence.jpa.accept-unordered-sequence, perhaps",
        })
        void are_refused_by_name(String property, String value) {
            runner.withPropertyValues(property + "=" + value)
                    .run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining(property));
        }

        @Test
        void too_long_sources_are_refused_by_the_property_that_they_come_from() {
            runner.withPropertyValues("axon.coherence.source=" + "x".repeat(256))
                    .run(context ->
                            assertThat(context.getStartupFailure()).hasStackTraceContaining("axon.coherence.source"));
            runner.withPropertyValues("spring.application.name=" + "x".repeat(256))
                    .run(context ->
                            assertThat(context.getStartupFailure()).hasStackTraceContaining("spring.application.name"));
        }
    }

    @Test
    void metadata_describes_every_property() throws IOException {
        try (InputStream in =
                CoherenceProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assertThat(in).isNotNull();
            String metadata = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String property : new String[] {
                "enabled",
                "source",
                "conflict-policy",
                "gap-timeout",
                "schema.initialize",
                "index.build",
                "jpa.accept-unordered-sequence"
            }) {
                assertThat(metadata)
                        .containsPattern(
                                "\"name\": \"axon.coherence.%s\",\\s+\"type\": \"[^\"]+\",\\s+\"description\": \"\\w"
                                        .formatted(property));
            }
        }
    }
}
