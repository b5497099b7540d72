package dev.coherence.action;

import dev.coherence.value.EncryptedValue;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.MapValue;
import dev.coherence.value.Value;
import dev.coherence.value.WellFormed;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A change to one document: associates values with paths, and dissociates paths. It has at least one path and at most
 * {@link dev.coherence.value.Limits#MAX_PATCH_ENTRIES}; no path stands in it twice, and none begins with another of
 * them, so that the order of its entries means nothing.
 *
 * <p>Two patches name no path, and stand for what events of annotated aggregates do, which need not have entries: {@link
 * #nothing()} and {@link #everything()}. Neither can be built from entries, or appended to a log.
 *
 * <p>Immutable and thread-safe: map and set are copied.
 */
public final class Patch {

    private static final Patch NOTHING = new Patch(Reach.NOTHING);
    private static final Patch EVERYTHING = new Patch(Reach.EVERYTHING);

    private enum Reach {
        NOTHING,
        THE_PATHS_IT_NAMES,
        EVERYTHING
    }

    private final Reach reach;
    private final SortedMap<Path, Value> assoc;
    private final SortedSet<Path> dissoc;

    /**
     * Creates a patch of entries.
     *
     * @param assoc what each path is to hold
     * @param dissoc the paths that are to hold nothing
     * @throws InvalidInputException with a place such as {@code patch.assoc["a.b"]} or {@code patch.dissoc["a.b"]}, if a rule above
     *     is broken, or if a value is beyond {@link dev.coherence.value.Limits}, where the keys of its path count as
     *     depth
     */
    public Patch(SortedMap<Path, Value> assoc, SortedSet<Path> dissoc) {
        SortedMap<Path, Value> values = new TreeMap<>();
        WellFormed.present(PatchRules.ASSOC, assoc)
                .forEach((path, value) -> values.put(WellFormed.present(PatchRules.ASSOC, path), value));
        SortedSet<Path> removed = new TreeSet<>();
        WellFormed.present(PatchRules.DISSOC, dissoc)
                .forEach(path -> removed.add(WellFormed.present(PatchRules.DISSOC, path)));
        PatchRules.check(values, removed);
        this.reach = Reach.THE_PATHS_IT_NAMES;
        this.assoc = Collections.unmodifiableSortedMap(values);
        this.dissoc = Collections.unmodifiableSortedSet(removed);
    }

    private Patch(Reach reach) {
        this.reach = reach;
        this.assoc = Collections.emptySortedMap();
        this.dissoc = Collections.emptySortedSet();
    }

    /** The patch of an event that changes no path of its document. Equal only to itself. */
    public static Patch nothing() {
        return NOTHING;
    }

    /**
     * The patch of an event that may have changed every path, and does not say to which values. Where it is applied, the
     * document stays as it is known. Equal only to itself.
     */
    public static Patch everything() {
        return EVERYTHING;
    }

    /** An empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** What each path is to hold, in order of the paths; unmodifiable. Empty if only paths are removed or none is named. */
    public SortedMap<Path, Value> assoc() {
        return assoc;
    }

    /** The paths that are to hold nothing, in order; unmodifiable. Empty if only values are written or no path is named. */
    public SortedSet<Path> dissoc() {
        return dissoc;
    }

    /** Whether this is {@link #nothing()}. */
    public boolean touchesNothing() {
        return reach == Reach.NOTHING;
    }

    /** Whether this is {@link #everything()}. */
    public boolean touchesEverything() {
        return reach == Reach.EVERYTHING;
    }

    /** All paths that this patch names, to write or to remove them, in order; unmodifiable. */
    public SortedSet<Path> paths() {
        SortedSet<Path> paths = new TreeSet<>(assoc.keySet());
        paths.addAll(dissoc);
        return Collections.unmodifiableSortedSet(paths);
    }

    /** The names of the keys that values of this patch are encrypted with, in order; unmodifiable. */
    public SortedSet<Identity> keys() {
        SortedSet<Identity> keys = new TreeSet<>();
        assoc.values().forEach(value -> collectKeys(value, keys));
        return Collections.unmodifiableSortedSet(keys);
    }

    private static void collectKeys(Value value, SortedSet<Identity> keys) {
        if (value instanceof EncryptedValue encrypted) {
            keys.add(Identity.of(encrypted.keyKind(), encrypted.keyId()));
        } else if (value instanceof MapValue map && value.isEncrypted()) {
            map.entries().values().forEach(entry -> collectKeys(entry, keys));
        }
    }

    /** Whether the entries are the same; {@link #nothing()} and {@link #everything()} equal themselves only. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Patch that
                && reach == that.reach
                && assoc.equals(that.assoc)
                && dissoc.equals(that.dissoc);
    }

    @Override
    public int hashCode() {
        return 31 * assoc.hashCode() + dissoc.hashCode();
    }

    /** Names all entries, values included; of encrypted ones the masks. */
    @Override
    public String toString() {
        if (touchesNothing()) {
            return "Patch[nothing]";
        }
        return touchesEverything() ? "Patch[everything]" : "Patch[assoc=%s, dissoc=%s]".formatted(assoc, dissoc);
    }

    /** Collects the entries of a patch. Not thread-safe. */
    public static final class Builder {

        private final SortedMap<Path, Value> assoc = new TreeMap<>();
        private final SortedSet<Path> dissoc = new TreeSet<>();

        private Builder() {}

        /**
         * Associates a value with a path.
         *
         * @param value whatever {@link Value#of} accepts; null means JSON null, not removal
         * @throws InvalidInputException with a place in {@code patch.assoc[…]}, if the value is refused or the path stands
         *     here already
         */
        public Builder assoc(Path path, @Nullable Object value) {
            String place = PatchRules.assocPlace(WellFormed.present(PatchRules.ASSOC, path));
            Value canonical = Value.of(value, place);
            if (assoc.putIfAbsent(path, canonical) != null) {
                throw PatchRules.twice(place);
            }
            return this;
        }

        /**
         * Associates a value with the path that is written as {@link Path#parse} reads it.
         *
         * @throws InvalidInputException as {@link #assoc(Path, Object)}, and if the text is no path
         */
        public Builder assoc(String path, @Nullable Object value) {
            return assoc(PatchRules.path(PatchRules.ASSOC, path), value);
        }

        /**
         * Dissociates a path.
         *
         * @throws InvalidInputException with place {@code patch.dissoc[…]}, if the path stands here already
         */
        public Builder dissoc(Path path) {
            if (!dissoc.add(WellFormed.present(PatchRules.DISSOC, path))) {
                throw PatchRules.twice(PatchRules.dissocPlace(path));
            }
            return this;
        }

        /**
         * Dissociates the path that is written as {@link Path#parse} reads it.
         *
         * @throws InvalidInputException as {@link #dissoc(Path)}, and if the text is no path
         */
        public Builder dissoc(String path) {
            return dissoc(PatchRules.path(PatchRules.DISSOC, path));
        }

        /**
         * The patch of all entries so far.
         *
         * @throws InvalidInputException as the constructor of {@link Patch}
         */
        public Patch build() {
            return new Patch(assoc, dissoc);
        }
    }
}
