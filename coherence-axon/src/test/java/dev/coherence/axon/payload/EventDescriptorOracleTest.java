package dev.coherence.axon.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.axon.payload.GeneratedType.Made;
import dev.coherence.axon.payload.GeneratedType.Part;
import dev.coherence.value.Value;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writes random event classes, compiles them, and compares what their descriptors read with what was written: nested and
 * generic records, renamed and left-out components, optionals, collections, inheritance.
 */
class EventDescriptorOracleTest {

    private static final int CLASSES = 70;
    private static final int EVENTS = 20;
    private static final String IMPORTS = """
            package generated;
            import dev.coherence.axon.annotation.*;
            import java.math.BigDecimal;
            import java.time.LocalDate;
            import java.util.*;
            """;

    @TempDir
    private java.nio.file.Path directory;

    /** A class of events: its own components, and those of its super class if it has one. */
    private record EventType(String name, boolean isRecord, List<Part> parts) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void descriptors_read_what_was_declared(long seed) throws Exception {
        Random random = new Random(seed);
        GeneratedTypes types = new GeneratedTypes(random);
        List<EventType> events = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            events.add(random.nextBoolean() ? eventRecord(types) : eventClass(types));
        }
        compile(IMPORTS + types.source(), seed);
        EventDescriptors descriptors = new EventDescriptors();
        try (URLClassLoader classes = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            for (EventType event : events) {
                for (int i = 0; i < EVENTS; i++) {
                    compare(event, descriptors, classes, seed);
                }
            }
        }
    }

    private static EventType eventRecord(GeneratedTypes types) {
        List<Part> parts = types.parts(6, 3);
        String name = types.name("E");
        types.declare("@ActionEvent(reason = \"%s\") record %s(String id%s) {}"
                .formatted(
                        name,
                        name,
                        parts.stream().map(part -> ", " + part.source()).collect(Collectors.joining())));
        return new EventType(name, true, parts);
    }

    /** The first of its components is generic, and its super class has the first half. */
    private static EventType eventClass(GeneratedTypes types) {
        List<Part> parts = types.parts(6, 3);
        int half = (parts.size() + 1) / 2;
        String name = types.name("E");
        StringBuilder upper = new StringBuilder("private String id; static int none; transient int no; ");
        for (int i = 0; i < half; i++) {
            Part part = parts.get(i);
            upper.append(i == 0 ? part.annotation() + " private T " + part.name() : "private " + part.source())
                    .append("; ");
        }
        String argument = parts.isEmpty() ? "String" : parts.get(0).type().source();
        String lower = parts.subList(half, parts.size()).stream()
                .map(part -> "private " + part.source() + "; ")
                .collect(Collectors.joining());
        types.declare("@ActionEvent(reason = \"%s\") abstract class Base%s<A, T> { %s }".formatted(name, name, upper));
        types.declare("abstract class Middle%s<X> extends Base%s<Integer, X> {}".formatted(name, name));
        types.declare("class %s extends Middle%s<%s> { %s }".formatted(name, name, argument, lower));
        return new EventType(name, false, parts);
    }

    private void compile(String source, long seed) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        SimpleJavaFileObject file = new SimpleJavaFileObject(URI.create("string:///generated/All.java"), Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        List<String> options =
                List.of("-d", directory.toString(), "-classpath", System.getProperty("java.class.path"), "-proc:none");
        if (!compiler.getTask(output, null, null, options, null, List.of(file)).call()) {
            fail("seed %d: the generated source does not compile: %s%n%s", seed, output, source);
        }
    }

    private static void compare(EventType type, EventDescriptors descriptors, ClassLoader classes, long seed)
            throws Exception {
        Made made = event(type, classes);
        Object event = made.java();
        EventDescriptor descriptor = descriptors.of(event.getClass());
        Patch patch = descriptor.patch(event, "#1", Optional.of("id"));
        assertThat(descriptor.reason()).as("seed %d, %s", seed, type.name()).isEqualTo(type.name());
        if (type.parts().isEmpty()) {
            assertThat(patch).as("seed %d, %s", seed, type.name()).isEqualTo(Patch.everything());
        } else if (made.entries().isEmpty()) {
            assertThat(patch).as("seed %d, %s", seed, type.name()).isEqualTo(Patch.nothing());
        } else {
            Map<Path, Value> expected = new TreeMap<>();
            made.entries().forEach((key, plain) -> expected.put(new Path(key), Value.of(plain)));
            assertThat(patch.assoc()).as("seed %d, %s", seed, type.name()).isEqualTo(expected);
            assertThat(patch.dissoc()).as("seed %d, %s", seed, type.name()).isEmpty();
        }
        assertThat(descriptor.links(event).stream().map(Identity::toString))
                .as("seed %d, %s", seed, type.name())
                .containsExactlyElementsOf(made.links());
    }

    private static Made event(EventType type, ClassLoader classes) throws Exception {
        Class<?> event = classes.loadClass("generated." + type.name());
        List<Made> made = Made.of(type.parts(), classes);
        Constructor<?> constructor = event.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        List<Object> arguments = new ArrayList<>();
        if (type.isRecord()) {
            arguments.add("#1");
            made.forEach(part -> arguments.add(part.java()));
        }
        Object instance = constructor.newInstance(arguments.toArray());
        if (!type.isRecord()) {
            set(instance, "id", "#1");
            for (int i = 0; i < made.size(); i++) {
                set(instance, type.parts().get(i).name(), made.get(i).java());
            }
        }
        return Made.of(instance, type.parts(), made);
    }

    private static void set(Object instance, String name, Object value) throws Exception {
        for (Class<?> at = instance.getClass(); at != null; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    field.set(instance, value);
                }
            }
        }
    }
}
