package dev.coherence.axon.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.matchers.Matchers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardingResultValidatorTest {

    private record Call(Method method, List<?> arguments) {}

    static Stream<Method> methods() {
        return Stream.of(ResultValidator.class.getMethods());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void each_expectation_goes_to_axons_validator_as_it_is(Method method) throws Exception {
        List<Call> calls = new ArrayList<>();
        CoherenceResultValidator<Object> validator =
                new CoherenceResultValidator<>(recording(calls), new Outcome(Optional.empty(), List.of()));
        Object[] arguments = Stream.of(method.getParameterTypes())
                .map(ForwardingResultValidatorTest::someValue)
                .toArray();

        assertThat(method.invoke(validator, arguments)).isSameAs(validator);

        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.method().getName()).isEqualTo(nameOfToday(method.getName()));
            assertThat(call.method().getParameterTypes()).isEqualTo(method.getParameterTypes());
            assertThat(call.arguments().toArray()).containsExactly(arguments);
        });
    }

    /** Axon has renamed two of them. */
    private static String nameOfToday(String name) {
        return name.replace("expectDeadlinesMet", "expectTriggeredDeadlines");
    }

    @SuppressWarnings("unchecked")
    private static ResultValidator<Object> recording(List<Call> calls) {
        return (ResultValidator<Object>) Proxy.newProxyInstance(
                ResultValidator.class.getClassLoader(),
                new Class<?>[] {ResultValidator.class},
                (proxy, method, arguments) -> {
                    calls.add(new Call(method, arguments == null ? List.of() : List.of(arguments)));
                    return proxy;
                });
    }

    private static Object someValue(Class<?> type) {
        return Stream.of(
                        "text",
                        Duration.ofDays(1),
                        Instant.EPOCH,
                        Matchers.matches(item -> true),
                        (Consumer<Object>) item -> {},
                        GenericCommandResultMessage.asCommandResultMessage("result"),
                        String.class,
                        new EventMessage<?>[0],
                        new String[] {"name"},
                        new Class<?>[] {String.class},
                        new Object[] {"event"})
                .filter(type::isInstance)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no value of type " + type));
    }
}
