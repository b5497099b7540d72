package dev.coherence.action;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Limits;
import dev.coherence.value.WellFormed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A place in a document: the keys from the root down. Ordered key by key (by UTF-16 code unit), so that a path stands
 * directly before all paths that begin with it. Immutable: the list is copied.
 *
 * @param keys 1 to {@link Limits#MAX_DEPTH} keys, each of 1 to {@link Limits#MAX_KEY_LENGTH} UTF-16 code units
 */
public record Path(List<String> keys) implements Comparable<Path> {

    /**
     * @throws InvalidInputException with place {@code path}, if the number of keys is out of bounds, or
     *     {@code path[<index from 0>]}, if a key is empty, too long, or has an unpaired surrogate
     */
    public Path {
        List<String> copy = new ArrayList<>(WellFormed.present("path", keys));
        if (copy.isEmpty() || copy.size() > Limits.MAX_DEPTH) {
            throw new InvalidInputException(
                    "path", "must have from 1 to " + Limits.MAX_DEPTH + " keys, but has " + copy.size());
        }
        for (int i = 0; i < copy.size(); i++) {
            WellFormed.key("path[" + i + "]", copy.get(i));
        }
        keys = List.copyOf(copy);
    }

    /**
     * The path of the given keys. Each argument is one key: {@code Path.of("a.b")} is a single key with a dot in it.
     *
     * @throws InvalidInputException as the constructor
     */
    public static Path of(String first, String... more) {
        List<String> keys = new ArrayList<>(more.length + 1);
        keys.add(first);
        keys.addAll(Arrays.asList(more));
        return new Path(keys);
    }

    /**
     * The exact inverse of {@link #toString()}: {@code address.city} has two keys, {@code "a.b".c} has the keys
     * {@code a.b} and {@code c}. Gives the one path that is written like this.
     *
     * @throws InvalidInputException with place {@code path}, if none is
     */
    public static Path parse(String text) {
        return PathText.parse(text);
    }

    /** Whether the keys of {@code prefix} are the first keys of this path. True for a path and itself. */
    public boolean startsWith(Path prefix) {
        int length = prefix.keys.size();
        return length <= keys.size() && keys.subList(0, length).equals(prefix.keys);
    }

    /** Whether a change at one path can change what is at the other: they are equal, or one begins with the other. */
    public boolean overlaps(Path other) {
        return startsWith(other) || other.startsWith(this);
    }

    @Override
    public int compareTo(Path other) {
        int common = Math.min(keys.size(), other.keys.size());
        for (int i = 0; i < common; i++) {
            int order = keys.get(i).compareTo(other.keys.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(keys.size(), other.keys.size());
    }

    /**
     * The keys, joined with dots. A key is quoted as in canonical JSON if it has a dot, or anything that canonical JSON
     * escapes, such as a double quote.
     */
    @Override
    public String toString() {
        return PathText.of(keys);
    }
}
