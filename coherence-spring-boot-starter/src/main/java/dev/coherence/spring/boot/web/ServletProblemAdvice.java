package dev.coherence.spring.boot.web;

import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.conflict.LostRaceException;
import dev.coherence.log.ConcurrentAppendException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Answers the problems that have an exception of our own, also as causes. Comes before advices without an order, which
 * tend to answer everything.
 */
@ControllerAdvice
@Order(Problems.ADVICE_ORDER)
final class ServletProblemAdvice {

    @ExceptionHandler({
        PreconditionException.class,
        ConflictException.class,
        InvalidCommandException.class,
        LostRaceException.class,
        ConcurrentAppendException.class
    })
    void answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws Exception {
        answerOrThrow(failure, request, response);
    }

    /** Answers what storage engines report as a lost race, where no advice of the application does. */
    @ControllerAdvice
    @Order(Problems.ADVICE_ORDER)
    static final class OfConcurrency {

        @ExceptionHandler(ConcurrencyException.class)
        void answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws Exception {
            answerOrThrow(failure, request, response);
        }
    }

    /** Answers what storage engines report of an aggregate that exists, where no advice of the application does. */
    @ControllerAdvice
    @Order(Problems.ADVICE_ORDER)
    static final class OfCreation {

        @ExceptionHandler(AggregateStreamCreationException.class)
        void answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws Exception {
            answerOrThrow(failure, request, response);
        }
    }

    private static void answerOrThrow(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (!ServletRequests.answered(failure, request, response)) {
            throw failure; // then Spring goes on as if this had not been called
        }
    }
}
