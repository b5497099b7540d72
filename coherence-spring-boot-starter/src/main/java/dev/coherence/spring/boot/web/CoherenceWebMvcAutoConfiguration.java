package dev.coherence.spring.boot.web;

import dev.coherence.revision.Revision;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Revisions and conflicts in applications with Spring MVC. A bean of the application with the name of one of these takes
 * its place. Comes last, to know the advices of all others. Turned off with {@code axon.coherence.web.enabled=false}.
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, WebMvcConfigurer.class, HttpServletRequest.class})
@ConditionalOnProperty(
        prefix = "axon.coherence",
        name = {"enabled", "web.enabled"},
        matchIfMissing = true)
public final class CoherenceWebMvcAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "coherenceWebConfigurer")
    WebMvcConfigurer coherenceWebConfigurer() {
        return new Configurer();
    }

    @Bean
    @ConditionalOnMissingBean(name = "coherenceProblemAdvice")
    ServletProblemAdvice coherenceProblemAdvice() {
        return new ServletProblemAdvice();
    }

    @Bean
    @ConditionalOnBean(ServletProblemAdvice.class)
    @ConditionalOnUnansweredException(ConcurrencyException.class)
    ServletProblemAdvice.OfConcurrency coherenceConcurrencyAdvice() {
        return new ServletProblemAdvice.OfConcurrency();
    }

    @Bean
    @ConditionalOnBean(ServletProblemAdvice.class)
    @ConditionalOnUnansweredException(AggregateStreamCreationException.class)
    ServletProblemAdvice.OfCreation coherenceCreationAdvice() {
        return new ServletProblemAdvice.OfCreation();
    }

    /** Has no order, so that what an application adds comes first. */
    private static final class Configurer implements WebMvcConfigurer {

        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
            resolvers.add(new ServletPreconditionResolver());
        }

        @Override
        public void addFormatters(FormatterRegistry registry) {
            registry.addConverter(String.class, Revision.class, Revision::parse);
        }

        @Override
        public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
            resolvers.add(new ServletProblemResolver());
        }
    }
}
