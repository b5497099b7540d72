package dev.coherence.axon.guard.race;

import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * An event of the race, which tells once more, in the simplest way, what its annotations say: for the judge, who does not rely
 * on how coherence reads it.
 */
interface Change {

    /** The aggregate that it belongs to. */
    String id();

    /** The values that it sets, by their paths; nothing for a path that it removes. */
    SortedMap<String, Optional<Long>> entries();

    /** Whether it may have changed any path. */
    default boolean touchesEverything() {
        return false;
    }

    /** Whether it changes no path. */
    default boolean touchesNothing() {
        return !touchesEverything() && entries().isEmpty();
    }

    /** The id of the key that it links its aggregate to. */
    default @Nullable String link() {
        return null;
    }

    /** The id of the key that it fires. */
    default @Nullable String fired() {
        return null;
    }

    /** The state of the aggregate on which the command handler ran. */
    String seen();

    /** Whether it names a path that equals the given one, or leads to it, or the reverse. */
    default boolean overlaps(String path) {
        return entries().keySet().stream()
                .anyMatch(own -> own.equals(path) || own.startsWith(path + ".") || path.startsWith(own + "."));
    }
}
