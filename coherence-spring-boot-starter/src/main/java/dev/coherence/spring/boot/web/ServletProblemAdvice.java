package dev.coherence.spring.boot.web;

import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.log.ConcurrentAppendException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Answers the problems that have an exception of their own, also as causes. Comes before advices without an order, which
 * tend to answer everything.
 */
@ControllerAdvice
@Order(Problems.ADVICE_ORDER)
final class ServletProblemAdvice {

    @ExceptionHandler({
        PreconditionException.class,
        ConflictException.class,
        InvalidCommandException.class,
        AggregateStreamCreationException.class,
        ConcurrencyException.class,
        ConcurrentAppendException.class
    })
    void answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws Exception {
        Optional<Problem> problem = Problems.of(failure, ServletRequests.conditionalHeaders(request));
        if (problem.isEmpty() || response.isCommitted()) {
            throw failure; // then Spring goes on as if this had not been called
        }
        ServletRequests.answer(problem.get(), request, response);
    }
}
