package dev.coherence.axon.payload;

import dev.coherence.axon.payload.GeneratedType.Made;
import dev.coherence.value.Value;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Generated types that hold objects of another. */
final class GeneratedContainers {

    private GeneratedContainers() {}

    static GeneratedType random(Random random, GeneratedType element) {
        return switch (random.nextInt(5)) {
            case 0 -> new OptionalType(element);
            case 1 -> new Container(random, "List<%s>", List.class, element, Made::new);
            case 2 -> new Container(random, "Set<%s>", Set.class, element, GeneratedContainers::set);
            case 3 -> new Container(random, "Map<UUID, %s>", Map.class, element, GeneratedContainers::map);
            default -> new ArrayType(random, element);
        };
    }

    /** Makes one object of several, given as Java and as plain. */
    private interface Joining {
        Made join(List<Object> java, List<Object> plain);
    }

    private record Container(Random random, String pattern, Class<?> raw, GeneratedType element, Joining joining)
            implements GeneratedType {
        @Override
        public String source() {
            return pattern.formatted(element.source());
        }

        @Override
        public Class<?> raw(ClassLoader classes) {
            return raw;
        }

        @Override
        public Made make(ClassLoader classes) throws ReflectiveOperationException {
            return several(random, element, classes, joining);
        }
    }

    private record ArrayType(Random random, GeneratedType element) implements GeneratedType {
        @Override
        public String source() {
            return element.source() + "[]";
        }

        @Override
        public Class<?> raw(ClassLoader classes) throws ReflectiveOperationException {
            return element.raw(classes).arrayType();
        }

        @Override
        public Made make(ClassLoader classes) throws ReflectiveOperationException {
            Class<?> type = element.raw(classes);
            return several(random, element, classes, (java, plain) -> {
                Object array = Array.newInstance(type, java.size());
                for (int i = 0; i < java.size(); i++) {
                    Array.set(array, i, java.get(i));
                }
                return new Made(array, plain);
            });
        }
    }

    private record OptionalType(GeneratedType content) implements GeneratedType {
        @Override
        public String source() {
            return "Optional<" + content.source() + ">";
        }

        @Override
        public Class<?> raw(ClassLoader classes) {
            return Optional.class;
        }

        @Override
        public Made make(ClassLoader classes) throws ReflectiveOperationException {
            Made made = content.make(classes);
            return new Made(Optional.ofNullable(made.java()), made.plain(), made.entries(), made.links());
        }
    }

    private static Made several(Random random, GeneratedType element, ClassLoader classes, Joining joining)
            throws ReflectiveOperationException {
        if (random.nextInt(4) == 0) {
            return Made.NOTHING;
        }
        List<Object> java = new ArrayList<>();
        List<Object> plain = new ArrayList<>();
        Set<String> links = new TreeSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Made made = element.make(classes);
            java.add(made.java());
            plain.add(made.plain());
            links.addAll(made.links());
        }
        Made joined = joining.join(java, plain);
        return new Made(joined.java(), joined.plain(), null, links);
    }

    /** What is equal counts once, and links of what is left out were links of its equal as well. */
    private static Made set(List<Object> java, List<Object> plain) {
        Set<Object> set = new LinkedHashSet<>();
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < java.size(); i++) {
            if (set.add(java.get(i))) {
                kept.add(plain.get(i));
            }
        }
        kept.sort(Comparator.comparing(value -> Value.of(value).toJson()));
        return new Made(set, kept);
    }

    private static Made map(List<Object> java, List<Object> plain) {
        Map<UUID, Object> map = new LinkedHashMap<>();
        Map<String, Object> expected = new LinkedHashMap<>();
        for (int i = 0; i < java.size(); i++) {
            map.put(new UUID(0, i), java.get(i));
            expected.put(new UUID(0, i).toString(), plain.get(i));
        }
        return new Made(map, expected);
    }
}
