package dev.coherence.axon.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Patch;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.event.Patching;
import dev.coherence.value.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventDescriptorsTest {

    private final EventDescriptors descriptors = new EventDescriptors();

    @SuppressWarnings("ArrayRecordComponent") // which users may have
    record Plain(byte[] whatever, Thread thread) {}

    enum Constant {
        ONE
    }

    @ActionEvent(reason = "test")
    enum AnnotatedConstant {
        ONE
    }

    @Nested
    class A_plain_class {
        @Test
        void says_nothing_and_touches_everything() {
            EventDescriptor plain = descriptors.of(Plain.class);
            Plain event = new Plain(null, null);
            assertThat(plain.isPlain()).isTrue();
            assertThat(plain.isAction()).isFalse();
            assertThat(plain.declaresEffects()).isFalse();
            assertThat(plain.reason()).isEqualTo("Plain");
            assertThat(plain.patch(event, "1", Optional.empty()).touchesEverything())
                    .isTrue();
            assertThat(plain.links(event)).isEmpty();
            assertThat(plain.effects(event)).isEmpty();
        }

        @Test
        void may_be_one_of_the_jdk() {
            for (Object event : List.of("text", 1, Map.of(), List.of(), new byte[0], new Thread(), Optional.empty())) {
                EventDescriptor plain = descriptors.of(event.getClass());
                assertThat(plain.isPlain()).as("%s", event.getClass()).isTrue();
                assertThat(plain.patch(event, "1", Optional.empty()).touchesEverything())
                        .isTrue();
            }
        }

        @Test
        void may_be_an_enum_or_an_anonymous_class_and_has_a_name_even_then() {
            Object anonymous = new Object() {};
            assertThat(descriptors.of(Constant.class).isPlain()).isTrue();
            assertThat(descriptors.of(anonymous.getClass()).reason()).isEqualTo("EventDescriptorsTest$A_plain_class$1");
        }

        @Test
        void that_says_it_is_an_action_and_has_no_component_touches_everything() {
            assertThat(descriptors
                            .of(AnnotatedConstant.class)
                            .patch(AnnotatedConstant.ONE, "1", Optional.empty())
                            .touchesEverything())
                    .isTrue();
        }
    }

    @ActionEvent(reason = "test")
    static class Open {
        final String title = "x";
    }

    static final class Narrow extends Open {
        @LinkedTo("key")
        final String keyId = "17";
    }

    record ReturnsNull() implements Patching {
        @Override
        public Patch patch() {
            return null;
        }
    }

    @ActionEvent(reason = "test")
    record Failing(String title) {
        @Override
        public String title() {
            throw new UnsupportedOperationException("cannot be read");
        }
    }

    @Nested
    class A_descriptor {
        @Test
        void is_asked_about_events_of_exactly_its_class() {
            assertThatThrownBy(() -> descriptors.of(Open.class).links(new Narrow()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Open.class.getName())
                    .hasMessageContaining(Narrow.class.getName())
                    .hasMessageContaining("take the descriptor of its class");
            assertThat(descriptors.of(Narrow.class).links(new Narrow())).hasSize(1);
        }

        @Test
        void refuses_null() {
            EventDescriptor descriptor = descriptors.of(Open.class);
            assertThatThrownBy(() -> descriptors.of(null)).hasMessage("payloadType");
            assertThatThrownBy(() -> descriptors.mistakes(null)).hasMessage("payloadType");
            assertThatThrownBy(() -> descriptors.mistakes(Open.class, null)).hasMessage("identifierName");
            assertThatThrownBy(() -> descriptor.links(null)).hasMessage("payload");
            assertThatThrownBy(() -> descriptor.effects(null)).hasMessage("payload");
            assertThatThrownBy(() -> descriptor.patch(null, "1", Optional.empty()))
                    .hasMessage("payload");
            assertThatThrownBy(() -> descriptor.patch(new Open(), null, Optional.empty()))
                    .hasMessage("aggregateIdentifier");
            assertThatThrownBy(() -> descriptor.patch(new Open(), "1", null)).hasMessage("identifierName");
        }

        @Test
        void names_the_event_that_gives_no_patch() {
            assertThatThrownBy(() -> Described.patch(new ReturnsNull()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(ReturnsNull.class.getName()
                            + ".patch(): returned null; for an event that changes nothing, return Patch.nothing()");
        }

        @Test
        void passes_on_what_an_accessor_throws() {
            assertThatThrownBy(() -> Described.patch(new Failing("x")))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("cannot be read");
        }

        @Test
        void can_be_had_and_used_by_many_threads_at_once() throws Exception {
            int threads = 8;
            CyclicBarrier barrier = new CyclicBarrier(threads);
            Callable<Map<String, String>> reading = () -> {
                barrier.await();
                return Described.printed(descriptors.of(Open.class).patch(new Open(), "1", Optional.of("id")));
            };
            ExecutorService executor = Executors.newFixedThreadPool(threads);
            try {
                List<Future<Map<String, String>>> read = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    read.add(executor.submit(reading));
                }
                for (Future<Map<String, String>> one : read) {
                    assertThat(one.get()).isEqualTo(Map.of("title", "\"x\""));
                }
            } finally {
                executor.shutdownNow();
            }
        }
    }

    @Nested
    class A_component {
        @Test
        void that_its_module_keeps_closed_is_a_mistake() throws Exception {
            Marks unmarked = new Marks(Optional.empty(), false, Optional.empty(), Optional.empty());
            Component closed = new Component(
                    String.class, "hash", ResolvedType.of(int.class), unmarked, String.class.getDeclaredField("hash"));
            Mistakes mistakes = new Mistakes(String.class);
            assertThat(Accessor.of(closed, mistakes)).isEmpty();
            assertThat(mistakes.list())
                    .containsExactly(
                            "java.lang.String.hash: cannot be read, because its module does not open the package;"
                                    + " let the module open java.lang");
        }
    }

    /** Loads this test and its nested classes anew, and pretends that some do not exist. */
    private static final class Loader extends ClassLoader {

        private final String missing;

        Loader(String missing) {
            super(EventDescriptorsTest.class.getClassLoader());
            this.missing = missing;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(missing)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(EventDescriptorsTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] all = bytes.readAllBytes();
                return defineClass(name, all, 0, all.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @ActionEvent(reason = "test")
    record Reloaded(String id, Object any, Part part) {}

    record Part(List<String> texts) {}

    static final class Optionally {
        Part part;
    }

    @Nested
    class A_class_loader {
        @Test
        void can_go_although_its_classes_were_described() throws Exception {
            WeakReference<ClassLoader> loader = new WeakReference<>(describeInLoaderOfItsOwn());
            for (int i = 0; i < 100 && loader.get() != null; i++) {
                System.gc();
                Thread.sleep(20);
            }
            assertThat(loader.get())
                    .as("the class loader after garbage collection")
                    .isNull();
        }

        private ClassLoader describeInLoaderOfItsOwn() throws Exception {
            Loader loader = new Loader("");
            Class<?> part = loader.loadClass(Part.class.getName());
            Class<?> event = loader.loadClass(Reloaded.class.getName());
            assertThat(event).isNotEqualTo(Reloaded.class);
            var partConstructor = part.getDeclaredConstructor(List.class);
            partConstructor.setAccessible(true);
            Object content = partConstructor.newInstance(List.of("x"));
            var constructor = event.getDeclaredConstructor(String.class, Object.class, part);
            constructor.setAccessible(true);
            Object payload = constructor.newInstance("1", content, content);
            assertThat(descriptors
                            .of(event)
                            .patch(payload, "1", Optional.of("id"))
                            .paths())
                    .hasSize(2);
            return loader;
        }

        @Test
        void that_lacks_a_class_makes_a_mistake_of_annotated_events_only() throws Exception {
            Loader loader = new Loader(Part.class.getName());
            assertThat(descriptors.mistakes(loader.loadClass(Reloaded.class.getName())))
                    .singleElement()
                    .asString()
                    .startsWith(Reloaded.class.getName() + ": refers to a class that cannot be loaded")
                    .contains("EventDescriptorsTest$Part");
            assertThat(descriptors
                            .of(loader.loadClass(Optionally.class.getName()))
                            .isPlain())
                    .isTrue();
        }
    }
}
