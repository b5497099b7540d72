package dev.coherence.spring.boot.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Reads and answers requests of Spring MVC. */
final class ServletRequests {

    private ServletRequests() {}

    static ConditionalHeaders conditionalHeaders(HttpServletRequest request) {
        return ConditionalHeaders.of(
                request.getMethod(), values(request, HttpHeaders.IF_MATCH), values(request, HttpHeaders.IF_NONE_MATCH));
    }

    private static List<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header));
    }

    /** Answers the failure if it is a problem of the sender, and returns whether it has done so. */
    static boolean answered(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Problem> problem = Problems.of(failure, conditionalHeaders(request));
        if (problem.isEmpty() || response.isCommitted()) {
            return false;
        }
        answer(problem.get(), request, response);
        return true;
    }

    /** Without a message converter: what these write depends on the application's settings. */
    private static void answer(Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] json = problem.json(request.getRequestURI());
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
