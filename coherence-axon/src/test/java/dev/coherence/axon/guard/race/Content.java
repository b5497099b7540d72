package dev.coherence.axon.guard.race;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The state of an aggregate of the race: {@code a}, {@code b}, and {@code city} and {@code street} in {@code place}. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, isGetterVisibility = Visibility.NONE)
final class Content {

    private static final String PLACE = "place";
    private static final String IN_PLACE = PLACE + ".";

    private TreeMap<String, Long> values = new TreeMap<>(); // not final, for serializers
    private boolean hasPlace; // once made, the inner map stays, if empty, until it is removed itself

    void take(Change change) {
        change.entries().forEach((path, value) -> value.ifPresentOrElse(v -> set(path, v), () -> remove(path)));
    }

    private void set(String path, long value) {
        values.put(path, value);
        hasPlace |= path.startsWith(IN_PLACE);
    }

    private void remove(String path) {
        values.remove(path);
        if (path.equals(PLACE)) {
            values.keySet().removeIf(inner -> inner.startsWith(IN_PLACE));
            hasPlace = false;
        }
    }

    /** The value at a path as JSON. */
    Optional<String> at(String path) {
        if (path.equals(PLACE)) {
            return hasPlace ? Optional.of(place()) : Optional.empty();
        }
        return Optional.ofNullable(values.get(path)).map(String::valueOf);
    }

    private String place() {
        return object(values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(IN_PLACE))
                .map(entry -> field(entry.getKey().substring(IN_PLACE.length()), entry.getValue())));
    }

    private static String object(Stream<String> fields) {
        return fields.collect(joining(",", "{", "}"));
    }

    private static String field(String name, Object value) {
        return "\"%s\":%s".formatted(name, value);
    }

    /** Canonical JSON. */
    @Override
    public String toString() {
        Stream<String> top = values.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith(IN_PLACE))
                .map((Map.Entry<String, Long> entry) -> field(entry.getKey(), entry.getValue()));
        return object(Stream.concat(top, hasPlace ? Stream.of(field(PLACE, place())) : Stream.empty()));
    }
}
