package dev.coherence.spring.boot.web;

import static java.util.Map.entry;

import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.conflict.LostRaceException;
import dev.coherence.log.ConcurrentAppendException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Fails as asked, at once or later. */
@RestController
class FailingController {

    private static final Map<String, Supplier<RuntimeException>> FAILURES = Map.ofEntries(
            entry("conflict", () -> new ConflictException(Reports.full())),
            entry("remote-conflict", () -> RemoteHandler.thrown(new ConflictException(Reports.full()))),
            entry("wrapped", () -> new CompletionException(new ConflictException(Reports.full()))),
            entry("effect-conflict", () -> new ConflictException(Reports.ofEffect())),
            entry("creation-conflict", () -> new ConflictException(Reports.ofCreation())),
            entry("invalid", FailingController::invalid),
            entry("remote-invalid", () -> RemoteHandler.thrown(invalid())),
            entry("race", FailingController::race),
            entry("remote-race", () -> RemoteHandler.thrown(race())),
            entry("guarded-race", () -> new LostRaceException("a trigger was fired")),
            entry("deadlock", FailingController::deadlock),
            entry("remote-deadlock", () -> RemoteHandler.thrown(deadlock())),
            entry("exists", FailingController::exists),
            entry("remote-exists", () -> RemoteHandler.thrown(exists())),
            entry("command", () -> new CommandExecutionException("refused by the handler", null, "details of its own")),
            entry("other", () -> new IllegalStateException("other")));

    private static InvalidCommandException invalid() {
        return new InvalidCommandException("ReviseBook.base", "is ahead");
    }

    private static ConcurrencyException race() {
        return new ConcurrencyException("no. 7 was taken");
    }

    private static ConcurrentAppendException deadlock() {
        return new ConcurrentAppendException("deadlock", new IOException());
    }

    private static AggregateStreamCreationException exists() {
        return new AggregateStreamCreationException("seq 0 was taken");
    }

    static RuntimeException failure(String how) {
        return FAILURES.get(how).get();
    }

    @PutMapping("/fail/{how}")
    String fail(@PathVariable String how) {
        throw failure(how);
    }

    @PutMapping("/fail/{how}/future")
    CompletableFuture<Revised<String>> failLater(@PathVariable String how) {
        return CompletableFuture.supplyAsync(() -> {
            throw failure(how);
        });
    }

    @PutMapping("/fail/{how}/mono")
    Mono<String> failInMono(@PathVariable String how) {
        return Mono.fromFuture(() -> CompletableFuture.supplyAsync(() -> {
            throw failure(how);
        }));
    }

    /** Has an advice that answers everything, as many applications have. */
    @RestController
    static class WithCatchAll {

        @PutMapping("/catch-all/{how}")
        String fail(@PathVariable String how) {
            throw failure(how);
        }
    }

    @ControllerAdvice(assignableTypes = WithCatchAll.class)
    static class CatchAll {

        @ExceptionHandler
        ResponseEntity<String> answer(Exception failure) {
            return ResponseEntity.status(HttpStatus.PAYMENT_REQUIRED).body("catch-all");
        }
    }

    /** Has one that hands on what it should, as the guide says. */
    @RestController
    static class WithCareful {

        @PutMapping("/careful/{how}")
        String fail(@PathVariable String how) {
            throw failure(how);
        }
    }

    @ControllerAdvice(assignableTypes = WithCareful.class)
    static class Careful {

        @ExceptionHandler
        ResponseEntity<String> answer(Exception failure) throws Exception {
            if (Problems.isOne(failure)) {
                throw failure;
            }
            return ResponseEntity.status(HttpStatus.PAYMENT_REQUIRED).body("careful");
        }
    }
}
