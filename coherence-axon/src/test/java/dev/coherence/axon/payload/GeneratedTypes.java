package dev.coherence.axon.payload;

import dev.coherence.axon.payload.GeneratedType.Made;
import dev.coherence.axon.payload.GeneratedType.Part;
import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Draws random types of components, and collects their Java source. */
final class GeneratedTypes {

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

    /** Up to {@code most} components with all sorts of annotations. */
    List<Part> parts(int most, int depth) {
        List<Part> parts = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            parts.add(part(name("c"), depth));
        }
        return parts;
    }

    private Part part(String name, int depth) {
        return switch (random.nextInt(8)) {
            case 0 -> new Part(name, "@Key(\"x" + name + "\")", List.of("x" + name), null, type(depth));
            case 1 -> new Part(name, "@Key(\"g.h." + name + "\")", List.of("g", "h", name), null, type(depth));
            case 2 -> new Part(name, "@NotPatched", null, null, type(depth));
            case 3 -> new Part(name, "@LinkedTo(\"t\")", null, "t", text());
            default -> new Part(name, "", List.of(name), null, type(depth));
        };
    }

    private GeneratedType type(int depth) {
        if (depth == 0 || random.nextBoolean()) {
            return single();
        }
        return random.nextInt(3) > 0 ? record(depth - 1) : GeneratedContainers.random(random, type(depth - 1));
    }

    private GeneratedType single() {
        return switch (random.nextInt(8)) {
            case 0 -> text();
            case 1 -> new Single("Integer", () -> random.nextInt(3), java -> java);
            case 2 -> new Single("BigDecimal", () -> BigDecimal.valueOf(random.nextInt(30), 1), java -> java);
            case 3 -> new Single("Boolean", random::nextBoolean, java -> java);
            case 4 -> new Single("LocalDate", () -> LocalDate.ofEpochDay(random.nextInt(3)), Object::toString);
            case 5 -> new Single("UUID", () -> new UUID(0, random.nextInt(3)), Object::toString);
            case 6 -> new Single("Object", () -> random.nextBoolean() ? "text" : random.nextInt(3), java -> java);
            default -> new Constant(random.nextBoolean());
        };
    }

    private GeneratedType text() {
        return new Single("String", () -> String.valueOf((char) ('a' + random.nextInt(3))), java -> java);
    }

    private boolean isNull() {
        return random.nextInt(4) == 0;
    }

    /** A single value. */
    private final class Single implements GeneratedType {
        private final String name;
        private final Supplier<Object> making;
        private final Function<Object, Object> plain;

        Single(String name, Supplier<Object> making, Function<Object, Object> plain) {
            this.name = name;
            this.making = making;
            this.plain = plain;
        }

        @Override
        public String source() {
            return name;
        }

        @Override
        public Class<?> raw(ClassLoader classes) {
            return name.equals("Object") ? Object.class : making.get().getClass();
        }

        @Override
        public Made make(ClassLoader classes) {
            if (isNull()) {
                return Made.NOTHING;
            }
            Object java = making.get();
            return new Made(java, plain.apply(java));
        }
    }

    /** A constant of an enum, which its declaration does not tell if it is open. */
    private final class Constant implements GeneratedType {
        private final boolean isOpen;

        Constant(boolean isOpen) {
            this.isOpen = isOpen;
        }

        @Override
        public String source() {
            return isOpen ? "Object" : "Color";
        }

        @Override
        public Class<?> raw(ClassLoader classes) throws ReflectiveOperationException {
            return isOpen ? Object.class : classes.loadClass("generated.Color");
        }

        @Override
        public Made make(ClassLoader classes) throws ReflectiveOperationException {
            if (isNull()) {
                return Made.NOTHING;
            }
            Object[] constants = classes.loadClass("generated.Color").getEnumConstants();
            int index = random.nextInt(2);
            String name = index == 0 ? "RED" : "GREEN";
            return new Made(constants[index], isOpen ? Map.of("generated.Color", name) : name);
        }
    }

    /** A new record, now and then a generic one. */
    private GeneratedType record(int depth) {
        String name = name("R");
        List<Part> parts = parts(4, depth);
        boolean isGeneric = !parts.isEmpty() && random.nextInt(3) == 0;
        List<String> components =
                new ArrayList<>(parts.stream().map(Part::source).toList());
        if (isGeneric) {
            components.set(0, parts.get(0).annotation() + " T " + parts.get(0).name());
        }
        declare("record " + name + (isGeneric ? "<T>" : "") + "(" + String.join(", ", components) + ") {}");
        return new RecordType(name, isGeneric, parts);
    }

    private final class RecordType implements GeneratedType {
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
                return Made.NOTHING;
            }
            List<Made> made = Made.of(parts, classes);
            Constructor<?> constructor = raw(classes).getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            Object java = constructor.newInstance(made.stream().map(Made::java).toArray());
            return Made.of(java, parts, made);
        }
    }
}
