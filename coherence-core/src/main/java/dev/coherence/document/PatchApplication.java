package dev.coherence.document;

import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.value.MapValue;
import dev.coherence.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Applies one patch. Paths come in order, so those that lead into the same map are neighbours: each map on the way is
 * copied once, however many paths lead into it.
 */
final class PatchApplication {

    private final Map<Path, Value> assoc;
    private final List<Path> paths;

    PatchApplication(Patch patch) {
        assoc = patch.assoc();
        paths = new ArrayList<>(patch.paths());
    }

    MapValue to(MapValue root) {
        return changed(root, 0, paths.size(), 0);
    }

    /** The map after the paths from {@code start} to {@code end}, exclusive, which all agree in their first keys. */
    private MapValue changed(MapValue map, int start, int end, int depth) {
        SortedMap<String, Value> entries = new TreeMap<>(map.entries());
        int next;
        for (int at = start; at < end; at = next) {
            String key = key(at, depth);
            next = endOfGroup(at, end, depth);
            Value value = changedValue(entries.get(key), at, next, depth);
            if (value == null) {
                entries.remove(key);
            } else {
                entries.put(key, value);
            }
        }
        return new MapValue(entries);
    }

    /** What the paths from {@code start} to {@code end} make of the value to which their first keys lead; null: nothing. */
    private @Nullable Value changedValue(@Nullable Value value, int start, int end, int depth) {
        Path path = paths.get(start);
        if (path.keys().size() == depth + 1) {
            return assoc.get(path); // the only path of its group: no path of a patch begins with another
        }
        if (value instanceof MapValue map) {
            return changed(map, start, end, depth + 1);
        }
        boolean writes = paths.subList(start, end).stream().anyMatch(assoc::containsKey);
        return writes ? changed(MapValue.empty(), start, end, depth + 1) : value;
    }

    private int endOfGroup(int start, int end, int depth) {
        String key = key(start, depth);
        int next = start + 1;
        while (next < end && key(next, depth).equals(key)) {
            next++;
        }
        return next;
    }

    private String key(int path, int depth) {
        return paths.get(path).keys().get(depth);
    }
}
