package dev.coherence.spring.boot.web;

import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers the problems that nothing else has answered. A remote handler's conflict is an exception of Axon like any other
 * failed command; an advice for that exception could not hand on to other advices what is no problem of the sender.
 */
@Order(ReactiveProblemHandler.BEFORE_SPRING_BOOT)
final class ReactiveProblemHandler implements WebExceptionHandler {

    /** Spring Boot's handler, at -1, answers everything. */
    static final int BEFORE_SPRING_BOOT = -2;

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        return Problems.of(failure, ReactiveRequests.conditionalHeaders(exchange.getRequest()))
                .map(problem -> ReactiveRequests.answer(problem, exchange))
                .orElseGet(() -> Mono.error(failure));
    }
}
