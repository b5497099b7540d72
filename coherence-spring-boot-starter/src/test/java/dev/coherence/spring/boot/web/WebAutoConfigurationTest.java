package dev.coherence.spring.boot.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.axonframework.common.AxonException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

class WebAutoConfigurationTest {

    private static final String CONFIGURER = "coherenceWebConfigurer";
    private static final String ADVICE = "coherenceProblemAdvice";
    private static final String CONCURRENCY = "coherenceConcurrencyAdvice";
    private static final String CREATION = "coherenceCreationAdvice";
    private static final String HANDLER = "coherenceProblemHandler";

    private final AutoConfigurations both =
            AutoConfigurations.of(CoherenceWebMvcAutoConfiguration.class, CoherenceWebFluxAutoConfiguration.class);
    private final WebApplicationContextRunner servlet = new WebApplicationContextRunner().withConfiguration(both);
    private final ReactiveWebApplicationContextRunner reactive =
            new ReactiveWebApplicationContextRunner().withConfiguration(both);

    @Test
    void Spring_Boot_finds_both() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(
                        CoherenceWebMvcAutoConfiguration.class.getName(),
                        CoherenceWebFluxAutoConfiguration.class.getName());
    }

    @Nested
    class On {

        @Test
        void in_an_application_with_Spring_MVC() {
            servlet.run(context -> {
                assertThat(context).hasNotFailed().hasBean(ADVICE).doesNotHaveBean(HANDLER);
                assertThat(context.getBean(CONFIGURER)).isInstanceOf(WebMvcConfigurer.class);
            });
        }

        @Test
        void in_an_application_with_Spring_WebFlux() {
            reactive.run(context -> {
                assertThat(context).hasNotFailed().hasBean(ADVICE).hasBean(HANDLER);
                assertThat(context.getBean(CONFIGURER)).isInstanceOf(WebFluxConfigurer.class);
            });
        }

        @Test
        void with_either_alone_on_the_class_path() {
            servlet.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive", "reactor"))
                    .run(context -> assertThat(context).hasNotFailed().hasBean(ADVICE));
            reactive.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet", "jakarta.servlet"))
                    .run(context -> assertThat(context).hasNotFailed().hasBean(ADVICE));
        }
    }

    @Nested
    class Off {

        @ParameterizedTest
        @ValueSource(strings = {"axon.coherence.web.enabled=false", "axon.coherence.enabled=false"})
        void by_a_property(String property) {
            servlet.withPropertyValues(property)
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ADVICE));
            reactive.withPropertyValues(property)
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ADVICE));
        }

        @Test
        void in_an_application_without_web() {
            new ApplicationContextRunner()
                    .withConfiguration(both)
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ADVICE));
        }

        @Test
        void without_either_framework_on_the_class_path() {
            new ApplicationContextRunner()
                    .withConfiguration(both)
                    .withClassLoader(new FilteredClassLoader("org.springframework.web", "jakarta.servlet", "reactor"))
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ADVICE));
        }

        @Test
        void in_a_servlet_application_without_Spring_MVC() {
            servlet.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ADVICE));
        }
    }

    /** Before advices without an order, which tend to answer everything; unless one of the application's answers it. */
    @Nested
    class Exceptions_of_Axon {

        @Test
        void are_answered_early() {
            assertAdvices(Object.class, CONCURRENCY, CREATION);
        }

        @Test
        void are_answered_early_where_an_advice_answers_everything() {
            assertAdvices(Everything.class, CONCURRENCY, CREATION);
        }

        @Test
        void are_left_to_an_advice_that_names_them() {
            assertAdvices(NamesConcurrency.class, CREATION);
            assertAdvices(NamesCreationBesideEverything.class, CONCURRENCY);
        }

        @Test
        void are_left_to_an_advice_that_names_a_super_class_of_Axon() {
            assertAdvices(NamesAxon.class);
        }

        @Test
        void are_left_to_an_advice_of_a_parent_that_names_them() {
            new ApplicationContextRunner()
                    .withUserConfiguration(NamesConcurrency.class)
                    .run(parent -> {
                        servlet.withParent(parent)
                                .run(context -> assertThat(advices(context)).containsExactly(CREATION));
                        reactive.withParent(parent)
                                .run(context -> assertThat(advices(context)).containsExactly(CREATION));
                    });
        }

        @Test
        void are_left_to_an_advice_of_any_other_auto_configuration() {
            AutoConfigurations other = AutoConfigurations.of(WithNamesAxon.class);
            servlet.withConfiguration(other)
                    .run(context -> assertThat(advices(context)).isEmpty());
            reactive.withConfiguration(other)
                    .run(context -> assertThat(advices(context)).isEmpty());
        }

        @Test
        void are_answered_late_without_our_advice() {
            servlet.withBean(ADVICE, String.class, () -> "own")
                    .run(context ->
                            assertThat(context).doesNotHaveBean(CONCURRENCY).doesNotHaveBean(CREATION));
            reactive.withBean(ADVICE, String.class, () -> "own")
                    .run(context ->
                            assertThat(context).doesNotHaveBean(CONCURRENCY).doesNotHaveBean(CREATION));
        }

        private void assertAdvices(Class<?> own, String... expected) {
            servlet.withUserConfiguration(own)
                    .run(context -> assertThat(advices(context)).containsExactly(expected));
            reactive.withUserConfiguration(own)
                    .run(context -> assertThat(advices(context)).containsExactly(expected));
        }

        private List<String> advices(ApplicationContext context) {
            return Stream.of(CONCURRENCY, CREATION)
                    .filter(context::containsBean)
                    .toList();
        }
    }

    @ControllerAdvice
    static class Everything {

        @ExceptionHandler
        void answer(Exception e) {}

        @ExceptionHandler(RuntimeException.class)
        void answer() {}
    }

    @RestControllerAdvice
    static class NamesConcurrency {

        @ExceptionHandler
        void answer(ConcurrencyException e) {}
    }

    @ControllerAdvice
    static class NamesCreationBesideEverything {

        @ExceptionHandler({AggregateStreamCreationException.class, Exception.class})
        void answer() {}
    }

    static class NamesAxonInherited {

        @ExceptionHandler
        void answer(AxonException e) {}
    }

    @ControllerAdvice
    static class NamesAxon extends NamesAxonInherited {}

    /** By its name it would come after ours. */
    @AutoConfiguration
    static class WithNamesAxon {

        @Bean
        NamesAxon advice() {
            return new NamesAxon();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CONFIGURER, ADVICE})
    void a_bean_of_the_application_with_the_same_name_takes_the_place(String name) {
        servlet.withBean(name, String.class, () -> "own")
                .run(context -> assertThat(context.getBean(name)).isEqualTo("own"));
        reactive.withBean(name, String.class, () -> "own")
                .withBean(HANDLER, String.class, () -> "own")
                .run(context -> {
                    assertThat(context.getBean(name)).isEqualTo("own");
                    assertThat(context.getBean(HANDLER)).isEqualTo("own");
                });
    }
}
