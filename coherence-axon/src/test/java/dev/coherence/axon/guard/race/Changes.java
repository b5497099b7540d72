package dev.coherence.axon.guard.race;

import dev.coherence.action.Patch;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.axon.annotation.Fires;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.NotPatched;
import dev.coherence.axon.event.Patching;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The classes of the events of the race. */
final class Changes {

    /** The kind of the triggers of the race. */
    static final String KEY = "key";

    private Changes() {}

    record Place(@Nullable Long city, @Nullable Long street) {}

    /** Sets some paths. */
    @ActionEvent(reason = "revise")
    record Revised(
            String id,
            @Nullable Long a,
            @Nullable Long b,
            @Nullable Place place,
            @LinkedTo(KEY) @Nullable String link,
            @NotPatched String seen)
            implements Change {

        @Override
        public SortedMap<String, Optional<Long>> entries() {
            SortedMap<String, Optional<Long>> entries = new TreeMap<>();
            put(entries, "a", a);
            put(entries, "b", b);
            if (place != null) {
                put(entries, "place.city", place.city);
                put(entries, "place.street", place.street);
            }
            return entries;
        }
    }

    /** Removes paths. */
    record Trimmed(String id, List<String> removed, String seen) implements Change, Patching {

        @Override
        public Patch patch() {
            Patch.Builder patch = Patch.builder();
            removed.forEach(patch::dissoc);
            return patch.build();
        }

        @Override
        public SortedMap<String, Optional<Long>> entries() {
            SortedMap<String, Optional<Long>> entries = new TreeMap<>();
            removed.forEach(path -> entries.put(path, Optional.empty()));
            return entries;
        }
    }

    /** Does not say what it changes. */
    record Renumbered(String id, String seen) implements Change {

        @Override
        public SortedMap<String, Optional<Long>> entries() {
            return Collections.emptySortedMap();
        }

        @Override
        public boolean touchesEverything() {
            return true;
        }
    }

    /** Fires a key and changes nothing. */
    @EffectEvent(reason = "expire")
    record Expired(String id, @Fires(KEY) String fired, String seen) implements Change {

        @Override
        public SortedMap<String, Optional<Long>> entries() {
            return Collections.emptySortedMap();
        }
    }

    /** Fires a key and sets a path. */
    @ActionEvent(reason = "retire")
    @EffectEvent(reason = "retire")
    record Retired(
            String id,
            Long b,
            @Fires(KEY) String fired,
            @NotPatched String seen) implements Change {

        @Override
        public SortedMap<String, Optional<Long>> entries() {
            SortedMap<String, Optional<Long>> entries = new TreeMap<>();
            put(entries, "b", b);
            return entries;
        }
    }

    /** Fires a key and belongs to no aggregate. */
    @EffectEvent(reason = "lose")
    record KeyLost(@Fires(KEY) String fired) {}

    private static void put(SortedMap<String, Optional<Long>> entries, String path, @Nullable Long value) {
        if (value != null) {
            entries.put(path, Optional.of(value));
        }
    }
}
