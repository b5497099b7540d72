package dev.coherence.spring.boot.web;

import dev.coherence.revision.Revision;
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
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/**
 * Revisions and conflicts in applications with Spring WebFlux. A bean of the application with the name of one of these
 * takes its place. Comes last, to know the advices of all others. Turned off with {@code axon.coherence.web.enabled=false}.
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({DispatcherHandler.class, WebFluxConfigurer.class})
@ConditionalOnProperty(
        prefix = "axon.coherence",
        name = {"enabled", "web.enabled"},
        matchIfMissing = true)
public final class CoherenceWebFluxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "coherenceWebConfigurer")
    WebFluxConfigurer coherenceWebConfigurer() {
        return new Configurer();
    }

    @Bean
    @ConditionalOnMissingBean(name = "coherenceProblemAdvice")
    ReactiveProblemAdvice coherenceProblemAdvice() {
        return new ReactiveProblemAdvice();
    }

    @Bean
    @ConditionalOnBean(ReactiveProblemAdvice.class)
    @ConditionalOnUnansweredException(ConcurrencyException.class)
    ReactiveProblemAdvice.OfConcurrency coherenceConcurrencyAdvice() {
        return new ReactiveProblemAdvice.OfConcurrency();
    }

    @Bean
    @ConditionalOnBean(ReactiveProblemAdvice.class)
    @ConditionalOnUnansweredException(AggregateStreamCreationException.class)
    ReactiveProblemAdvice.OfCreation coherenceCreationAdvice() {
        return new ReactiveProblemAdvice.OfCreation();
    }

    @Bean
    @ConditionalOnMissingBean(name = "coherenceProblemHandler")
    ReactiveProblemHandler coherenceProblemHandler() {
        return new ReactiveProblemHandler();
    }

    /** Has no order, so that what an application adds comes first. */
    private static final class Configurer implements WebFluxConfigurer {

        @Override
        public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
            resolvers.addCustomResolver(new ReactivePreconditionResolver());
        }

        @Override
        public void addFormatters(FormatterRegistry registry) {
            registry.addConverter(String.class, Revision.class, Revision::parse);
        }
    }
}
