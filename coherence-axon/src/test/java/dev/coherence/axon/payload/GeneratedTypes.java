package dev.coherence.axon.payload;

import dev.coherence.value.Value;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Random types of components, with their Java source, and random objects of them, each together with what a patch is to
 * make of it. Knows the types because it wrote them; nothing here looks into a class.
 */
final class GeneratedTypes {

    /**
     * An object, and what is expected of it.
     *
     * @param plain its value, as plain Java; null if it is not in a patch
     * @param entries of a record with components: its keys, relative to its own; null of anything else
     * @param links the printed triggers in it
     */
    record Made(Object java, Object plain, Map<List<String>, Object> entries, Set<String> links) {
        Made(Object java, Object plain, Set<String> links) {
            this(java, plain, null, links);
        }
    }

    /** A type, as it is written where primitive types are not allowed. */
    interface Type {
        String source();

        Class<?> raw(ClassLoader classes) throws ReflectiveOperationException;

        Made make(ClassLoader classes) throws ReflectiveOperationException;
    }

    /** A component; {@code key} is null if it has none. */
    record Part(String name, String annotation, List<String> key, String link, Type type) {
        String source() {
            return annotation + " " + type.source() + " " + name;
        }
    }

    private final Random random;
    private final StringBuilder source = new StringBuilder();
    private int names;

    GeneratedTypes(Random random) {
        this.random = random;
        declare("enum Color { RED, GREEN { public String toString() { return \"printed\"; } } }");
    }

    String source() {
        return source.toString();
    }

    void declare(String type) {
        source.append(type).append('\n');
    }

    String name(String prefix) {
        return prefix + names++;
    }

    List<Part> parts(int most, int depth) {
        List<Part> parts = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            String name = name("c");
            parts.add(
                    switch (random.nextInt(6)) {
                        case 0 -> new Part(name, "@Key(\"x" + name + "\")", List.of("x" + name), null, type(depth));
                        case 1 -> new Part(name, "@Key(\"g.h." + name + "\")", List.of("g", "h", name), null, type(depth));
                        case 2 -> random.nextBoolean()
                                ? new Part(name, "@NotPatched", null, null, type(depth))
                                : new Part(name, "@LinkedTo(\"t\")", null, "t", scalar("String", () -> text()));
                        default -> new Part(name, "", List.of(name), null, type(depth));
                    });
        }
        return parts;
    }

    private Type type(int depth) {
        int kind = random.nextInt(depth > 0 ? 16 : 7);
        return switch (kind) {
            case 0 -> scalar("String", this::text);
            case 1 -> scalar("Integer", () -> random.nextInt(3));
            case 2 -> scalar("BigDecimal", () -> BigDecimal.valueOf(random.nextInt(30), 1));
            case 3 -> scalar("Boolean", random::nextBoolean);
            case 4 -> printed("LocalDate", () -> LocalDate.ofEpochDay(random.nextInt(3)));
            case 5 -> printed("UUID", () -> new UUID(0, random.nextInt(3)));
            case 6 -> new EnumType();
            case 7 -> new OptionalType(type(depth - 1));
            case 8 -> new ListType(type(depth - 1));
            case 9 -> new SetType(type(depth - 1));
            case 10 -> new MapType(type(depth - 1));
            case 11 -> new ArrayType(type(depth - 1));
            case 12 -> new ObjectType(type(depth - 1));
            default -> record(depth - 1);
        };
    }

    private String text() {
        return String.valueOf((char) ('a' + random.nextInt(3)));
    }

    private boolean isNull() {
        return random.nextInt(4) == 0;
    }

    private interface Making {
        Object make();
    }

    private Type scalar(String name, Making making) {
        return new ScalarType(name, making, java -> java);
    }

    private Type printed(String name, Making making) {
        return new ScalarType(name, making, Object::toString);
    }

    private interface Printing {
        Object plain(Object java);
    }

    private final class ScalarType implements Type {
        private final String name;
        private final Making making;
        private final Printing printing;

        ScalarType(String name, Making making, Printing printing) {
            this.name = name;
            this.making = making;
            this.printing = printing;
        }

        @Override
        public String source() {
            return name;
        }

        @Override
        public Class<?> raw(ClassLoader classes) {
            return making.make().getClass();
        }

        @Override
        public Made make(ClassLoader classes) {
            Object java = isNull() ? null : making.make();
            return new Made(java, java == null ? null : printing.plain(java), Set.of());
        }
    }

    private final class EnumType implements Type {
        @Override
        public String source() {
            return "Color";
        }

        @Override
        public Class<?> raw(ClassLoader classes) throws ReflectiveOperationException {
            return classes.loadClass("generated.Color");
        }

        @Override
        public Made make(ClassLoader classes) throws ReflectiveOperationException {
            Enum<?> java = isNull() ? null : (Enum<?>) raw(classes).getEnumConstants()[random.nextInt(2)];
            return new Made(java, java == null ? null : java.name(), Set.of());
        }
    }

    private record OptionalType(Type content) implements Type {
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

    private Made several(ClassLoader classes, Type element, BiFunction<List<Object>, List<Object>, Made> joining)
            throws ReflectiveOperationException {
        if (isNull()) {
            return new Made(null, null, Set.of());
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
        Made joined = joining.apply(java, plain);
        return new Made(joined.java(), joined.plain(), links);
    }

    private final class ListType extends Holding {
        ListType(Type element) {
            super("List<%s>", List.class, element);
        }

        @Override
        public Made make(ClassLoader classes) throws ReflectiveOperationException {
            return several(classes, element, (java, plain) -> new Made(java, plain, Set.of()));
        }
    }

    private final class SetType extends Holding {
        SetType(Type element) {
            super("Set<%s>", Set.class, element);
        }

        @Override
        public Made make(ClassLoader classes) throws ReflectiveOperationException {
            return several(classes, element, this::set);
        }

        private Made set(List<Object> java, List<Object> plain) {
            Set<Object> set = new LinkedHashSet<>();
            List<Object> kept = new ArrayList<>();
            for (int i = 0; i < java.size(); i++) {
                if (set.add(java.get(i))) {
                    kept.add(plain.get(i));
                }
            }
            kept.sort(Comparator.comparing(value -> Value.of(value).toJson()));
            return new Made(set, kept, Set.of());
        }
    }

    private final class MapType extends Holding {
        MapType(Type element) {
            super("Map<UUID, %s>", Map.class, element);
        }

        @Override
        public Made make(ClassLoader classes) throws ReflectiveOperationException {
            return several(classes, element, (java, plain) -> {
                Map<UUID, Object> map = new LinkedHashMap<>();
                Map<String, Object> expected = new LinkedHashMap<>();
                for (int i = 0; i < java.size(); i++) {
                    map.put(new UUID(0, i), java.get(i));
                    expected.put(new UUID(0, i).toString(), plain.get(i));
                }
                return new Made(map, expected, Set.of());
            });
        }
    }

    private final class ArrayType extends Holding {
        ArrayType(Type element) {
            super("%s[]", Object[].class, element);
        }

        @Override
        public Class<?> raw(ClassLoader classes) throws ReflectiveOperationException {
            return element.raw(classes).arrayType();
        }

        @Override
        public Made make(ClassLoader classes) throws ReflectiveOperationException {
            Class<?> type = element.raw(classes);
            return several(classes, element, (java, plain) -> {
                Object array = Array.newInstance(type, java.size());
                for (int i = 0; i < java.size(); i++) {
                    Array.set(array, i, java.get(i));
                }
                return new Made(array, plain, Set.of());
            });
        }
    }

    private abstract static class Holding implements Type {
        final Type element;
        private final String pattern;
        private final Class<?> raw;

        Holding(String pattern, Class<?> raw, Type element) {
            this.pattern = pattern;
            this.raw = raw;
            this.element = element;
        }

        @Override
        public String source() {
            return pattern.formatted(element.source());
        }

        @Override
        public Class<?> raw(ClassLoader classes) throws ReflectiveOperationException {
            return raw;
        }
    }

    /** Of objects whose type is not declared; only single values, since records there must not have triggers. */
    private static final class ObjectType extends Holding {
        ObjectType(Type content) {
            super("Object", Object.class, content);
        }

        @Override
        public Made make(ClassLoader classes) throws ReflectiveOperationException {
            Made made = element.make(classes);
            boolean isScalar = element instanceof ScalarType;
            boolean isEnum = element instanceof EnumType && made.java() != null;
            if (isEnum) {
                return new Made(made.java(), Map.of("generated.Color", made.plain()), Set.of());
            }
            return isScalar ? made : new Made(null, null, Set.of());
        }
    }

    /** A new record, now and then a generic one. */
    private RecordType record(int depth) {
        String name = name("R");
        List<Part> parts = parts(4, depth);
        boolean isGeneric = !parts.isEmpty() && random.nextInt(3) == 0;
        List<String> components = new ArrayList<>(parts.stream().map(Part::source).toList());
        if (isGeneric) {
            components.set(0, parts.get(0).annotation() + " T " + parts.get(0).name());
        }
        declare("record " + name + (isGeneric ? "<T>" : "") + "(" + String.join(", ", components) + ") {}");
        return new RecordType(name, isGeneric, parts);
    }

    final class RecordType implements Type {
        private final String name;
        private final boolean isGeneric;
        private final List<Part> parts;

        RecordType(String name, boolean isGeneric, List<Part> parts) {
            this.name = name;
            this.isGeneric = isGeneric;
            this.parts = parts;
        }

        @Override
        public String source() {
            return isGeneric ? name + "<" + parts.get(0).type().source() + ">" : name;
        }

        @Override
        public Class<?> raw(ClassLoader classes) throws ReflectiveOperationException {
            return classes.loadClass("generated." + name);
        }

        @Override
        public Made make(ClassLoader classes) throws ReflectiveOperationException {
            if (isNull()) {
                return new Made(null, null, Set.of());
            }
            List<Made> made = makeParts(parts, classes);
            Constructor<?> constructor = raw(classes).getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            Object java = constructor.newInstance(made.stream().map(Made::java).toArray());
            return expected(java, parts, made);
        }
    }

    static List<Made> makeParts(List<Part> parts, ClassLoader classes) throws ReflectiveOperationException {
        List<Made> made = new ArrayList<>();
        for (Part part : parts) {
            made.add(part.type().make(classes));
        }
        return made;
    }

    /** What is expected of an object with these parts. */
    static Made expected(Object java, List<Part> parts, List<Made> made) {
        Map<List<String>, Object> entries = new LinkedHashMap<>();
        Map<String, Object> plain = new TreeMap<>();
        Set<String> links = new TreeSet<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Made inside = made.get(i);
            links.addAll(inside.links());
            if (part.link() != null && inside.java() != null) {
                links.add(part.link() + ":" + inside.java());
            }
            if (part.key() != null && inside.plain() != null) {
                put(plain, part.key(), inside.plain());
                if (inside.entries() == null) {
                    entries.put(part.key(), inside.plain());
                } else {
                    inside.entries().forEach((key, value) -> entries.put(joined(part.key(), key), value));
                }
            }
        }
        return new Made(java, plain, parts.isEmpty() ? null : entries, links);
    }

    private static List<String> joined(List<String> above, List<String> below) {
        List<String> joined = new ArrayList<>(above);
        joined.addAll(below);
        return joined;
    }

    @SuppressWarnings("unchecked") // only this method puts maps below a key of several names
    private static void put(Map<String, Object> map, List<String> key, Object value) {
        Map<String, Object> at = map;
        for (String name : key.subList(0, key.size() - 1)) {
            at = (Map<String, Object>) at.computeIfAbsent(name, any -> new TreeMap<>());
        }
        at.put(key.get(key.size() - 1), Objects.requireNonNull(value));
    }
}
