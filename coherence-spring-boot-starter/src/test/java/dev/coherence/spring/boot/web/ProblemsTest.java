package dev.coherence.spring.boot.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.conflict.LostRaceException;
import dev.coherence.log.ConcurrentAppendException;
import dev.coherence.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    private static final ConditionalHeaders PLAIN = ConditionalHeaders.of("PUT", List.of(), List.of());
    private static final ConditionalHeaders CREATION = ConditionalHeaders.of("PUT", List.of(), List.of("*"));

    @Nested
    class A_conflict {

        @Test
        void is_reported_in_full() {
            assertThat(document(new ConflictException(Reports.full()), PLAIN)).isEqualTo(Reports.document("/books/1"));
        }

        @Test
        void is_found_among_causes() {
            assertConflict(new CompletionException(new ConflictException(Reports.full())));
            assertConflict(new ExecutionException(
                    new IllegalStateException(new CompletionException(new ConflictException(Reports.full())))));
        }

        @Test
        void of_a_remote_handler_is_found_among_causes() {
            assertConflict(remote());
            assertConflict(new CompletionException(remote()));
            assertConflict(new CommandExecutionException("ours", new CompletionException(remote()), "details"));
        }

        @Test
        void on_something_that_was_to_be_created_means_that_it_exists() {
            Problem problem = problem(new ConflictException(Reports.ofCreation()), CREATION);
            assertThat(problem.type()).isEqualTo(ProblemType.PRECONDITION_FAILED);
            assertThat(problem.members()).isEmpty();
        }

        @Test
        void is_a_conflict_if_only_one_of_header_and_base_speaks_of_a_creation() {
            assertThat(problem(new ConflictException(Reports.ofCreation()), PLAIN)
                            .type())
                    .isEqualTo(ProblemType.CONFLICTING);
            assertThat(problem(new ConflictException(Reports.full()), CREATION).type())
                    .isEqualTo(ProblemType.CONFLICTING);
        }

        @Test
        void is_a_conflict_if_only_effects_are_unseen_since_they_concern_what_does_not_exist_as_well() {
            Problem problem = problem(new ConflictException(Reports.ofEffect()), CREATION);
            assertThat(problem.type()).isEqualTo(ProblemType.CONFLICTING);
            assertThat(problem.members()).containsKey("conflicts");
        }

        private void assertConflict(Throwable failure) {
            assertThat(document(failure, PLAIN)).isEqualTo(Reports.document("/books/1"));
        }

        private CommandExecutionException remote() {
            return (CommandExecutionException) RemoteHandler.thrown(new ConflictException(Reports.full()));
        }
    }

    @Nested
    class An_invalid_command {

        private final InvalidCommandException invalid =
                new InvalidCommandException("ReviseBook.base", "is ahead: read again");

        @Test
        void says_place_and_problem() {
            assertInvalid(invalid);
        }

        @Test
        void of_a_remote_handler_does_so_too() {
            assertInvalid(RemoteHandler.thrown(invalid));
            assertInvalid(new CompletionException(RemoteHandler.thrown(new IllegalStateException(invalid))));
        }

        private void assertInvalid(Throwable failure) {
            assertThat(document(failure, PLAIN)).isEqualTo(Value.parse("""
                                { "type": "urn:coherence:invalid-command", "title": "Invalid command", "status": 422,
                                  "instance": "/books/1", "detail": "ReviseBook.base: is ahead: read again.",
                                  "errors": [{"place": "ReviseBook.base", "problem": "is ahead: read again"}] }
                                """));
        }
    }

    @Nested
    class A_lost_race {

        @Test
        void may_be_tried_again() {
            for (Throwable failure : List.of(
                    new ConcurrencyException("no. 7 was taken"),
                    new CompletionException(new ConcurrencyException("no. 7 was taken")),
                    new ConcurrentAppendException("deadlock", new IOException()),
                    RemoteHandler.thrown(new ConcurrencyException("no. 7 was taken")),
                    RemoteHandler.thrown(new LostRaceException("deadlock")),
                    RemoteHandler.thrown(new ConcurrentAppendException("deadlock", new IOException())))) {
                Problem problem = problem(failure, PLAIN);
                assertThat(problem.type()).isEqualTo(ProblemType.LOST_RACE);
                assertThat(problem.status()).isEqualTo(409);
                assertThat(problem.members()).containsEntry("retry", true);
                assertThat(problem.detail()).doesNotContain("no. 7", "deadlock");
            }
        }

        @Test
        void for_a_creation_that_demands_absence_means_that_it_exists() {
            assertThat(problem(new AggregateStreamCreationException("x"), CREATION)
                            .status())
                    .isEqualTo(412);
            assertThat(problem(new ConcurrencyException("x", new AggregateStreamCreationException("x")), CREATION)
                            .status())
                    .isEqualTo(412);
            assertThat(problem(RemoteHandler.thrown(new AggregateStreamCreationException("x")), CREATION)
                            .status())
                    .isEqualTo(412);
        }

        @Test
        void for_any_other_creation_may_be_tried_again_if_the_exception_says_so() {
            assertThat(problem(new ConcurrencyException("x", new AggregateStreamCreationException("x")), PLAIN)
                            .type())
                    .isEqualTo(ProblemType.LOST_RACE);

            Problem exists = problem(new AggregateStreamCreationException("x"), PLAIN);
            assertThat(exists.type()).isEqualTo(ProblemType.ALREADY_EXISTS);
            assertThat(exists.status()).isEqualTo(409);
        }
    }

    @Test
    void all_that_is_answered_is_told_from_all_else() {
        for (Throwable failure : List.of(
                PreconditionException.required("x"),
                new CompletionException(new ConflictException(Reports.full())),
                RemoteHandler.thrown(new InvalidCommandException("ReviseBook.base", "is ahead")),
                RemoteHandler.thrown(new LostRaceException("deadlock")),
                RemoteHandler.thrown(new ConcurrentAppendException("deadlock", new IOException())),
                RemoteHandler.thrown(new AggregateStreamCreationException("x")))) {
            assertThat(Problems.isOne(failure)).as("%s", failure).isTrue();
        }
        for (Throwable failure : List.of(
                new IllegalStateException(new IOException()),
                new NoHandlerForCommandException("none"),
                new CommandExecutionException("x", null),
                new CommandExecutionException("x", null, "details"),
                RemoteHandler.thrown(new IllegalStateException("x: ConcurrencyException: y")))) {
            assertThat(Problems.isOne(failure)).as("%s", failure).isFalse();
            assertThat(Problems.of(failure, CREATION)).isEmpty();
        }
    }

    private static Problem problem(Throwable failure, ConditionalHeaders headers) {
        return Problems.of(failure, headers).orElseThrow();
    }

    private static Value document(Throwable failure, ConditionalHeaders headers) {
        byte[] json = problem(failure, headers).json("/books/1");
        return Value.parse(new String(json, StandardCharsets.UTF_8));
    }
}
