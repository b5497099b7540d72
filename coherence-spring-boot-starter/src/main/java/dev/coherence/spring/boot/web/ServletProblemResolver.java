package dev.coherence.spring.boot.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers the problems that nothing else has answered. A remote handler's conflict is an exception of Axon like any other
 * failed command; an advice that catches that exception could not hand on those which are no conflict.
 */
final class ServletProblemResolver implements HandlerExceptionResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ServletProblemResolver.class);

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        Optional<Problem> problem = Problems.of(failure, ServletRequests.conditionalHeaders(request));
        if (problem.isEmpty() || response.isCommitted()) {
            return null;
        }
        try {
            ServletRequests.answer(problem.get(), request, response);
        } catch (IOException e) {
            LOG.debug("{} {}: the client is gone", request.getMethod(), request.getRequestURI(), e);
        }
        return new ModelAndView();
    }
}
