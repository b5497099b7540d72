package dev.coherence.action;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Limits;
import dev.coherence.value.Value;
import dev.coherence.value.WellFormed;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules that the entries of a patch keep, and the places by which errors name them. */
final class PatchRules {

    static final String ASSOC = "patch.assoc";
    static final String DISSOC = "patch.dissoc";

    private PatchRules() {}

    static void check(SortedMap<Path, Value> assoc, SortedSet<Path> dissoc) {
        checkSize(assoc.size() + dissoc.size());
        assoc.forEach(PatchRules::checkValue);
        for (Path path : dissoc) {
            if (assoc.containsKey(path)) {
                throw new InvalidInputException(
                        dissocPlace(path), "stands in assoc as well; a patch either writes a path or removes it");
            }
        }
        checkNoOverlap(assoc, dissoc);
    }

    private static void checkSize(int entries) {
        if (entries == 0) {
            throw new InvalidInputException("patch", "is empty; it needs at least one entry in assoc or dissoc");
        }
        if (entries > Limits.MAX_PATCH_ENTRIES) {
            throw new InvalidInputException(
                    "patch",
                    "has " + entries + " entries; at most " + Limits.MAX_PATCH_ENTRIES
                            + " are allowed, split it over several actions");
        }
    }

    private static void checkValue(Path path, @Nullable Value value) {
        Value present = WellFormed.present(assocPlace(path), value);
        int keys = path.keys().size();
        if (keys + present.depth() > Limits.MAX_DEPTH) {
            throw new InvalidInputException(
                    assocPlace(path),
                    "nests too deep: the " + keys + " keys of its path and the " + present.depth()
                            + " levels of its value are more than " + Limits.MAX_DEPTH);
        }
        if (present.elements() > Limits.MAX_ELEMENTS) {
            throw new InvalidInputException(
                    assocPlace(path),
                    "holds more than " + Limits.MAX_ELEMENTS + " values; split it over several patches");
        }
    }

    /** In order, a path stands directly before those that begin with it: it is enough to compare neighbours. */
    private static void checkNoOverlap(SortedMap<Path, Value> assoc, SortedSet<Path> dissoc) {
        SortedSet<Path> paths = new TreeSet<>(assoc.keySet());
        paths.addAll(dissoc);
        Path previous = null;
        for (Path path : paths) {
            if (previous != null && path.startsWith(previous)) {
                throw new InvalidInputException(
                        place(path, assoc),
                        "lies within " + place(previous, assoc)
                                + "; of these two a patch can have one, since what they do would depend on their order");
            }
            previous = path;
        }
    }

    private static String place(Path path, Map<Path, Value> assoc) {
        return assoc.containsKey(path) ? assocPlace(path) : dissocPlace(path);
    }

    static String assocPlace(Path path) {
        return place(ASSOC, path.toString());
    }

    static String dissocPlace(Path path) {
        return place(DISSOC, path.toString());
    }

    private static String place(String part, String path) {
        return part + "[" + InvalidInputException.quoted(path) + "]";
    }

    /** The path that a caller wrote, with an error that names the entry instead of just some path. */
    static Path path(String part, String text) {
        WellFormed.present(part, text);
        try {
            return Path.parse(text);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(place(part, text), "is no path: " + e.getMessage());
        }
    }

    static InvalidInputException twice(String place) {
        return new InvalidInputException(place, "stands here twice; a patch has each path once");
    }
}
