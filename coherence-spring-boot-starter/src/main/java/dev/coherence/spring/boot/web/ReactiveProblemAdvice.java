package dev.coherence.spring.boot.web;

import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.conflict.LostRaceException;
import dev.coherence.log.ConcurrentAppendException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Answers the problems that have an exception of our own, also as causes. Comes before advices without an order, which
 * tend to answer everything.
 */
@ControllerAdvice
@Order(Problems.ADVICE_ORDER)
final class ReactiveProblemAdvice {

    private static final ReactiveProblemHandler HANDLER = new ReactiveProblemHandler();

    @ExceptionHandler({
        PreconditionException.class,
        ConflictException.class,
        InvalidCommandException.class,
        LostRaceException.class,
        ConcurrentAppendException.class
    })
    Mono<Void> answer(Throwable failure, ServerWebExchange exchange) {
        return HANDLER.handle(exchange, failure);
    }

    /** Answers what storage engines report as a lost race, where no advice of the application does. */
    @ControllerAdvice
    @Order(Problems.ADVICE_ORDER)
    static final class OfConcurrency {

        @ExceptionHandler(ConcurrencyException.class)
        Mono<Void> answer(Throwable failure, ServerWebExchange exchange) {
            return HANDLER.handle(exchange, failure);
        }
    }

    /** Answers what storage engines report of an aggregate that exists, where no advice of the application does. */
    @ControllerAdvice
    @Order(Problems.ADVICE_ORDER)
    static final class OfCreation {

        @ExceptionHandler(AggregateStreamCreationException.class)
        Mono<Void> answer(Throwable failure, ServerWebExchange exchange) {
            return HANDLER.handle(exchange, failure);
        }
    }
}
