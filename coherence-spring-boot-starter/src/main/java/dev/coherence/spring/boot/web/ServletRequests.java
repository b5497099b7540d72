package dev.coherence.spring.boot.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;

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

    /** Without a message converter: what these write depends on the application's settings. */
    static void answer(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] json = problem.json(request.getRequestURI());
        response.setStatus(problem.status());
        response.setContentType(Problem.CONTENT_TYPE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
