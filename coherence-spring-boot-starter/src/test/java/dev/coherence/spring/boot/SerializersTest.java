package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.thoughtworks.xstream.XStream;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.token.Lane;
import dev.coherence.axon.token.LanesToken;
import dev.coherence.axon.token.StoredTokens;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.revision.Revision;
import java.awt.Point;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

class SerializersTest {

    @ParameterizedTest
    @ValueSource(strings = {"xstream", "jackson", "jackson3"})
    void events_are_read_as_they_were_written(String serializer) {
        try (ConfigurableApplicationContext context = application(serializer).start()) {
            Shelf shelf = Shelf.of(context);
            Accepted accepted = (Accepted) shelf.coherence()
                    .rebase(Revision.at(0))
                    .action(a -> a.reason("create")
                            .actor("user", "alice")
                            .aggregate("book", "Neuromancer <&> \u2603")
                            .assoc("price", new BigDecimal("12345678901234567890.10"))
                            .assoc("tags", Arrays.asList("a\nb", null, Map.of("deep", List.of(1, true))))
                            .assoc("\"a.b\".c", null)
                            .dissoc("genre")
                            .trigger("encryption-key", "1"))
                    .effect(e -> e.reason("key-expired").trigger("encryption-key", "1"))
                    .execute();
            try (Stream<RecordedAction> actions = shelf.coherence().read().stream()) {
                assertThat(actions)
                        .containsExactly((RecordedAction) accepted.events().get(0));
            }
            assertThat(accepted.events()).hasSize(2);
        }
    }

    @Test
    void an_XStream_of_the_application_reads_them_too() {
        try (ConfigurableApplicationContext context =
                application("xstream").with(OwnXStream.class).start()) {
            Shelf.of(context).add("Neuromancer");
            assertThat(Shelf.of(context).actors("Neuromancer")).containsExactly("alice");
        }
    }

    @Nested
    class Tokens_of_a_reset_in_Jackson_3 {

        private final TrackingToken at3 = GapAwareTrackingToken.newInstance(3, List.of());

        @Test
        void are_read_with_and_without_a_context() {
            try (ConfigurableApplicationContext context =
                    application("jackson3").start()) {
                Serializer serializer = context.getBean("serializer", Serializer.class);
                assertThat(serializer).isInstanceOf(Jackson3Serializer.class);

                for (TrackingToken token : List.of(
                        ReplayToken.createReplayToken(at3, null),
                        ReplayToken.createReplayToken(at3, null, new ResetReason("wrong tax")))) {
                    SerializedObject<String> written = serializer.serialize(token, String.class);
                    Object read = serializer.deserialize(written);
                    assertThat(read).isEqualTo(token);
                }
            }
        }

        @Test
        void are_not_read_with_a_context_from_a_foreign_package() {
            try (ConfigurableApplicationContext context =
                    application("jackson3").start()) {
                Serializer serializer = context.getBean("serializer", Serializer.class);
                SerializedObject<String> written =
                        serializer.serialize(ReplayToken.createReplayToken(at3, null, new Point(1, 2)), String.class);
                assertThatThrownBy(() -> serializer.deserialize(written))
                        .isInstanceOf(SerializationException.class)
                        .hasStackTraceContaining("denied");
            }
        }

        @Test
        void would_not_be_read_without_the_customizer() {
            Serializer plain = Jackson3Serializer.builder().build();
            SerializedObject<String> written = plain.serialize(ReplayToken.createReplayToken(at3, null), String.class);
            assertThatThrownBy(() -> plain.deserialize(written)).hasStackTraceContaining("PolymorphicTypeValidator");
        }
    }

    /** The token of a segment that was reset in the middle of a window of replays. */
    @ParameterizedTest
    @ValueSource(strings = {"xstream", "jackson", "jackson3"})
    void the_token_of_a_replay_is_read_as_it_was_written(String name) {
        try (ConfigurableApplicationContext context = application(name).start()) {
            Serializer serializer = context.getBean("serializer", Serializer.class);
            LanesToken token = LanesToken.event(gaps(9), new Lane(gaps(3), gaps(7, 6L), 40));
            LanesToken inReset = StoredTokens.lift(ReplayToken.createReplayToken(token, gaps(5), "wrong tax"));

            SerializedObject<byte[]> written = serializer.serialize(inReset, byte[].class);
            Object read = serializer.deserialize(written);

            assertThat(read).isEqualTo(inReset);
            assertThat(inReset.lane()).isEqualTo(new Lane(gaps(3), gaps(5), 40));
        }
    }

    private static TrackingToken gaps(long index, Long... gaps) {
        return GapAwareTrackingToken.newInstance(index, List.of(gaps));
    }

    private static TestApplication application(String serializer) {
        return TestApplication.withJdbc(TestDatabase.h2LikePostgres().withAxonTables())
                .with(
                        "axon.serializer.general=" + serializer,
                        "axon.serializer.events=" + serializer,
                        "axon.serializer.messages=" + serializer);
    }

    record ResetReason(String text) {}

    static class OwnXStream {

        @Bean
        XStream xStream() {
            return new XStream();
        }
    }
}
