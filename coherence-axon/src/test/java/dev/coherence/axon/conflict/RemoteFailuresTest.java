package dev.coherence.axon.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedEffect;
import dev.coherence.axon.Serializers;
import dev.coherence.revision.Revision;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.distributed.ReplyMessage;
import org.axonframework.commandhandling.gateway.IntervalRetryScheduler;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the sender of a command gets to know through the replies of Axon's distributed command buses. */
class RemoteFailuresTest {

    private static ScheduledExecutorService executor;

    @BeforeAll
    static void open() {
        executor = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterAll
    static void close() {
        executor.shutdownNow();
    }

    private static final class Reply extends ReplyMessage {

        private static final long serialVersionUID = 1L;

        Reply(CommandResultMessage<?> result, Serializer serializer) {
            super("command", result, serializer);
        }
    }

    /** What arrives where the command was sent. */
    private static RuntimeException arrived(RuntimeException failure, Serializers format) {
        Serializer serializer = format.serializer();
        Reply reply = new Reply(GenericCommandResultMessage.asCommandResultMessage(failure), serializer);
        Throwable arrived = reply.getCommandResultMessage(serializer).exceptionResult();
        assertThat(arrived).isInstanceOf(CommandExecutionException.class).isNotSameAs(failure);
        return (RuntimeException) arrived;
    }

    private static boolean isRetried(RuntimeException failure) {
        return IntervalRetryScheduler.builder()
                .retryExecutor(executor)
                .build()
                .scheduleRetry(new GenericCommandMessage<>("command"), failure, List.of(), () -> {});
    }

    @Nested
    class A_conflict {

        private final ConflictReport report = ConflictReport.of(
                "shop.ReviseBook",
                Revision.at(1),
                List.of(ReportedConflict.early(
                        Identity.of("Book", "1"),
                        new RecordedEffect(2, Instant.EPOCH, "shop", new Effect("expired", Identity.of("key", "1"))))));

        @ParameterizedTest
        @EnumSource
        void is_reported_and_final(Serializers format) {
            RuntimeException arrived = arrived(new ConflictException(report), format);

            assertThat(ConflictReport.from(arrived)).contains(report);
            assertThat(InvalidCommandReport.from(arrived)).isEmpty();
            assertThat(LostRaceException.isCauseOf(arrived)).isFalse();
            assertThat(isRetried(arrived)).isFalse();
        }
    }

    @Nested
    class An_invalid_command {

        private final InvalidCommandException invalid =
                new InvalidCommandException("ReviseBook.base", "is ahead of \"1\"; read again");

        @ParameterizedTest
        @EnumSource
        void is_reported_and_final(Serializers format) {
            RuntimeException arrived = arrived(invalid, format);

            assertThat(InvalidCommandReport.from(arrived))
                    .hasValueSatisfying(report -> {
                        assertThat(report.place()).isEqualTo("ReviseBook.base");
                        assertThat(report.problem()).isEqualTo("is ahead of \"1\"; read again");
                    })
                    .contains(invalid.report());
            assertThat(ConflictReport.from(arrived)).isEmpty();
            assertThat(LostRaceException.isCauseOf(arrived)).isFalse();
            assertThat(isRetried(arrived)).isFalse();
        }

        @Test
        void is_reported_here_too() {
            assertThat(InvalidCommandReport.from(invalid)).contains(invalid.report());
            assertThat(InvalidCommandReport.from(new IllegalStateException(invalid)))
                    .contains(invalid.report());
            assertThat(isRetried(invalid)).isFalse();
        }

        @Test
        void says_where_and_why() {
            assertThat(invalid).hasMessage("ReviseBook.base: is ahead of \"1\"; read again");
            assertThat(invalid.place()).isEqualTo("ReviseBook.base");
            assertThat(invalid.problem()).isEqualTo("is ahead of \"1\"; read again");
            assertThat(invalid.report()).hasToString(invalid.getMessage());
        }

        @Test
        void is_not_found_elsewhere() {
            assertThat(InvalidCommandReport.from(null)).isEmpty();
            assertThat(InvalidCommandReport.from(new IllegalStateException("x")))
                    .isEmpty();
            assertThat(InvalidCommandReport.from(new CommandExecutionException("refused", null, "x")))
                    .isEmpty();
        }
    }

    @Nested
    class A_lost_race {

        @ParameterizedTest
        @EnumSource
        void is_known_and_tried_again(Serializers format) {
            RuntimeException arrived =
                    arrived(new LostRaceException("changed", new IllegalStateException("deadlock")), format);

            assertThat(LostRaceException.isCauseOf(arrived)).isTrue();
            assertThat(isRetried(arrived)).isTrue();
        }

        @ParameterizedTest
        @EnumSource
        void is_known_if_the_storage_engine_noticed_it(Serializers format) {
            assertThat(LostRaceException.isCauseOf(arrived(new ConcurrencyException("duplicate"), format)))
                    .isTrue();
            assertThat(LostRaceException.isCauseOf(
                            arrived(new IllegalStateException(new ConcurrencyException("duplicate")), format)))
                    .isTrue();
        }

        @Test
        void is_known_here_too() {
            assertThat(LostRaceException.isCauseOf(new LostRaceException("changed")))
                    .isTrue();
            assertThat(LostRaceException.isCauseOf(new IllegalStateException(new ConcurrencyException("duplicate"))))
                    .isTrue();
            assertThat(isRetried(new LostRaceException("changed"))).isTrue();
        }

        @ParameterizedTest
        @EnumSource
        void is_no_other_failure(Serializers format) {
            assertThat(LostRaceException.isCauseOf(arrived(new IllegalStateException("broken"), format)))
                    .isFalse();
            assertThat(LostRaceException.isCauseOf(
                            arrived(new IllegalStateException(LostRaceException.class.getName() + ": x"), format)))
                    .isFalse();
            assertThat(LostRaceException.isCauseOf(new IllegalStateException("broken")))
                    .isFalse();
            assertThat(LostRaceException.isCauseOf(null)).isFalse();
        }
    }
}
