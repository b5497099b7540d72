package dev.coherence.spring.boot.web;

import dev.coherence.axon.conflict.ConflictException;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Sends commands that are refused through Axon's own gateway. */
@RestController
class Commands {

    private final CommandGateway gateway;

    Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    @PatchMapping("/command/wait")
    String sendAndWait() {
        return gateway.sendAndWait(new ReviseBook());
    }

    @PatchMapping("/command/future")
    CompletableFuture<String> send() {
        return gateway.send(new ReviseBook());
    }

    @PatchMapping("/command/mono")
    Mono<String> sendInMono() {
        return Mono.fromFuture(() -> gateway.<String>send(new ReviseBook()));
    }

    record ReviseBook() {}

    static class Handler {

        @CommandHandler
        void handle(ReviseBook command) {
            throw new ConflictException(Reports.full());
        }
    }
}
