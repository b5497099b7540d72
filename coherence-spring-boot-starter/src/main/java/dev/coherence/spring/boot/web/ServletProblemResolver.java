package dev.coherence.spring.boot.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers the problems that nothing else has answered. A remote handler's conflict is an exception of Axon like any other
 * failed command; an advice for that exception could not hand on to other advices what is no problem of the sender.
 */
final class ServletProblemResolver implements HandlerExceptionResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ServletProblemResolver.class);

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        try {
            return ServletRequests.answered(failure, request, response) ? new ModelAndView() : null;
        } catch (IOException e) {
            LOG.debug("{} {}: the client is gone", request.getMethod(), request.getRequestURI(), e);
            return new ModelAndView();
        }
    }
}
