package dev.coherence.axon.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.axon.Serializers;
import dev.coherence.conflict.Conflict;
import dev.coherence.conflict.Dispute;
import dev.coherence.revision.Revision;
import dev.coherence.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.common.AxonNonTransientException;
import org.axonframework.messaging.HandlerExecutionException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConflictReportTest {

    private static final Identity BOOK = Identity.of("Book", "u:b\nik");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123456789Z");

    private static RecordedAction action(long number, long version, Patch patch) {
        Identity key = Identity.of("key", "1");
        return new RecordedAction(
                number,
                version,
                NOW,
                "shop",
                new Action("revise", Identity.of("user", "bob"), BOOK, patch, new TreeSet<>(List.of(key))));
    }

    private static Patch patch() {
        return Patch.builder()
                .assoc("price", new BigDecimal("5.10"))
                .assoc("address.city", "Zürich \u0001 \"x\"")
                .assoc("more", Map.of("big", 12_345_678_901_234_567L, "list", List.of(1, "2")))
                .dissoc("gone")
                .build();
    }

    /** With everything that a report can hold. */
    private static ConflictReport report() {
        RecordedAction ours = action(9, 3, patch());
        Event theirs = action(7, 1, Patch.builder().assoc("price", 6).build());
        Dispute dispute = new Dispute(
                Path.of("price"), Optional.empty(), Optional.of(Value.of("5.1")), Optional.of(Value.NULL), List.of(7L));
        return ConflictReport.of(
                "shop.ReviseBook",
                Revision.parse("0@6-3..4"),
                List.of(
                        ReportedConflict.of(new Conflict(ours, theirs, List.of(dispute))),
                        ReportedConflict.of(new Conflict(ours, action(8, 2, Patch.everything()), List.of())),
                        ReportedConflict.early(
                                BOOK, new RecordedEffect(5, NOW, "shop", new Effect("expired", Identity.of("k", "1")))),
                        ReportedConflict.early(BOOK, action(4, 0, Patch.nothing()))));
    }

    @Nested
    class What_it_tells {

        @Test
        void is_what_was_found() {
            ConflictReport report = report();

            assertThat(report.command()).isEqualTo("shop.ReviseBook");
            assertThat(report.base()).isEqualTo(Revision.parse("0@6-3..4"));
            assertThat(report.unresolved()).containsExactly(4L, 5L, 7L, 8L);
            assertThat(report.conflicts()).hasSize(4);
            ReportedConflict first = report.conflicts().get(0);
            assertThat(first.aggregate()).isEqualTo(BOOK);
            assertThat(first.ours()).contains(action(9, 3, patch()));
            assertThat(first.theirs())
                    .isEqualTo(action(7, 1, Patch.builder().assoc("price", 6).build()));
            assertThat(first.disputes()).hasSize(1);
            assertThat(report.conflicts().get(1).theirs()).isEqualTo(action(8, 2, Patch.everything()));
            assertThat(report.conflicts().get(2).ours()).isEmpty();
            assertThat(report.conflicts().get(3).theirs()).isEqualTo(action(4, 0, Patch.nothing()));
        }

        @Test
        void cannot_be_changed() {
            assertThatThrownBy(() -> report().conflicts().clear()).isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void is_at_least_one_conflict() {
            assertThatThrownBy(() -> ConflictReport.of("x", Revision.at(0), List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Its_text {

        @Test
        void names_events_and_paths_but_no_values() {
            assertThat(report().toString())
                    .contains("shop.ReviseBook on revision 0@6-3..4")
                    .contains("in dispute: \"price\"")
                    .contains("expired")
                    .doesNotContain("5.1")
                    .doesNotContain("rich")
                    .doesNotContain("\n");
        }

        @Test
        void stays_short() {
            List<ReportedConflict> many = IntStream.range(1, 1_000)
                    .mapToObj(n -> ReportedConflict.early(BOOK, action(n, n, Patch.everything())))
                    .toList();

            assertThat(ConflictReport.of("x", Revision.at(0), many).toString())
                    .endsWith("; and 994 more")
                    .hasSizeLessThan(1_000);
        }
    }

    @Nested
    class On_its_way {

        @ParameterizedTest
        @EnumSource
        void it_survives_the_serializers_of_axon(Serializers format) {
            Serializer serializer = format.serializer();
            SerializedObject<byte[]> serialized = serializer.serialize(report(), byte[].class);

            assertThat((ConflictReport) serializer.deserialize(serialized))
                    .isEqualTo(report())
                    .hasSameHashCodeAs(report())
                    .hasToString(report().toString());
        }

        @Test
        void it_survives_javas_own() throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(new ConflictException(report()));
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                ConflictException read = (ConflictException) in.readObject();
                assertThat(read.report()).isEqualTo(report());
                assertThat(read).hasMessage(new ConflictException(report()).getMessage());
            }
        }

        @Test
        void it_is_plain_json() throws Exception {
            var json = new ObjectMapper().valueToTree(report());

            assertThat(json.fieldNames()).toIterable().containsExactlyInAnyOrder("command", "base", "conflicts");
            assertThat(json.at("/conflicts/0/theirs/number").asLong()).isEqualTo(7);
        }
    }

    @Nested
    class In_an_exception {

        @Test
        void it_is_final() {
            assertThat(new ConflictException(report())).isInstanceOf(AxonNonTransientException.class);
        }

        @Test
        void it_is_found_here() {
            assertThat(ConflictReport.from(new ConflictException(report()))).contains(report());
            assertThat(ConflictReport.from(new IllegalStateException(new ConflictException(report()))))
                    .contains(report());
        }

        @Test
        void it_is_found_below_details_of_the_application() {
            assertThat(ConflictReport.from(
                            new CommandExecutionException("ours", new ConflictException(report()), "details")))
                    .contains(report());
        }

        @Test
        void it_is_found_behind_a_remote_command_bus() {
            assertThat(ConflictReport.from(new CommandExecutionException("refused", null, report())))
                    .contains(report());
        }

        @Test
        void it_is_among_what_a_remote_command_bus_sends() {
            var result = GenericCommandResultMessage.asCommandResultMessage(new ConflictException(report()));

            assertThat(result.<Object>exceptionDetails()).contains(report());
            assertThat(HandlerExecutionException.<Object>resolveDetails(new ConflictException(report())))
                    .contains(report());
        }

        @Test
        void it_is_not_found_elsewhere() {
            assertThat(ConflictReport.from(null)).isEmpty();
            assertThat(ConflictReport.from(new IllegalStateException("x"))).isEmpty();
            assertThat(ConflictReport.from(new CommandExecutionException("refused", null, "x")))
                    .isEmpty();
            assertThat(ConflictReport.from(new InvalidCommandException("X.base", "is wrong")))
                    .isEmpty();
        }
    }
}
