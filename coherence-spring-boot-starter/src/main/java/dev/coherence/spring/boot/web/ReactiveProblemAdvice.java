package dev.coherence.spring.boot.web;

import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.log.ConcurrentAppendException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Answers the problems that have an exception of their own, also as causes. Comes before advices without an order, which
 * tend to answer everything.
 */
@ControllerAdvice
@Order(Problems.ADVICE_ORDER)
final class ReactiveProblemAdvice {

    private final ReactiveProblemHandler handler = new ReactiveProblemHandler();

    @ExceptionHandler({
        PreconditionException.class,
        ConflictException.class,
        InvalidCommandException.class,
        AggregateStreamCreationException.class,
        ConcurrencyException.class,
        ConcurrentAppendException.class
    })
    Mono<Void> answer(Throwable failure, ServerWebExchange exchange) {
        return handler.handle(exchange, failure);
    }
}
