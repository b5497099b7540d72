package dev.coherence.axon.payload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A random type, and random objects of it together with what is expected of them. It knows itself because it wrote itself;
 * nothing here looks into a class.
 */
interface GeneratedType {

    /** As it is written where primitive types are not allowed. */
    String source();

    Class<?> raw(ClassLoader classes) throws ReflectiveOperationException;

    /** A random object, now and then null. */
    Made make(ClassLoader classes) throws ReflectiveOperationException;

    /** A component; {@code key} and {@code link} are null if it has none. */
    record Part(String name, String annotation, List<String> key, String link, GeneratedType type) {
        String source() {
            return annotation + " " + type.source() + " " + name;
        }
    }

    /**
     * An object, and what is expected of it.
     *
     * @param plain its value, as plain Java; null if it is not in a patch
     * @param entries of a record with components: its keys, relative to its own; null of anything else
     * @param links the printed triggers in it
     */
    record Made(Object java, Object plain, Map<List<String>, Object> entries, Set<String> links) {

        static final Made NOTHING = new Made(null, null);

        Made(Object java, Object plain) {
            this(java, plain, null, Set.of());
        }

        static List<Made> of(List<Part> parts, ClassLoader classes) throws ReflectiveOperationException {
            List<Made> made = new ArrayList<>();
            for (Part part : parts) {
                made.add(part.type().make(classes));
            }
            return made;
        }

        /** An object with these parts. */
        static Made of(Object java, List<Part> parts, List<Made> made) {
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
                    inside.entriesAt(part.key(), entries);
                }
            }
            return new Made(java, plain, parts.isEmpty() ? null : entries, links);
        }

        private void entriesAt(List<String> above, Map<List<String>, Object> all) {
            if (entries == null) {
                all.put(above, plain);
                return;
            }
            entries.forEach((below, value) -> {
                List<String> joined = new ArrayList<>(above);
                joined.addAll(below);
                all.put(joined, value);
            });
        }

        @SuppressWarnings("unchecked") // only this method puts maps below a key of several names
        private static void put(Map<String, Object> map, List<String> key, Object value) {
            Map<String, Object> at = map;
            for (String name : key.subList(0, key.size() - 1)) {
                at = (Map<String, Object>) at.computeIfAbsent(name, any -> new TreeMap<>());
            }
            at.put(key.get(key.size() - 1), value);
        }
    }
}
