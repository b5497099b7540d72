package dev.coherence.samples.bookstore;

import dev.coherence.value.InvalidInputException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.node.ObjectNode;

/** Answers every exception with a problem document that shows nothing of the inside. */
@RestControllerAdvice
class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ObjectNode> answer(Exception e, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (response.isCommitted()) {
            // Half of an answer is out. Thrown on, this closes the connection, and the client sees that it got half.
            throw e;
        }
        response.reset();
        return problem(e, request).response();
    }

    private static Problem problem(Exception e, HttpServletRequest request) {
        if (e instanceof InvalidRequestException invalid) {
            return Problem.invalidRequest(invalid);
        }
        if (e instanceof InvalidInputException invalid) {
            return Problem.invalidRequest(new InvalidRequestException(invalid.place(), invalid.problem()));
        }
        if (e instanceof ErrorResponse error) {
            String detail = error.getBody().getDetail();
            return Problem.of(error.getStatusCode(), detail == null ? "No more is known." : detail)
                    .headers(error.getHeaders());
        }
        if (e instanceof IOException) {
            return Problem.of(HttpStatus.BAD_REQUEST, "The body of the request ended early or came too slowly.");
        }
        return failure(e, request);
    }

    private static Problem failure(Exception e, HttpServletRequest request) {
        if (DatabaseOutage.isCauseOf(e)) {
            LOG.warn(
                    "{} {}: the database cannot be reached: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    e.toString());
            return Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The database cannot be reached. Send the request again later. Should it have been stored after all,"
                            + " actions with the same base are answered with a conflict; effects are not, so look at"
                            + " /api/conflicts before you fire one again.");
        }
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "This is an error of the server; its log says more.");
    }
}
