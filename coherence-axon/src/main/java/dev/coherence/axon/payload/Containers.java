package dev.coherence.axon.payload;

import dev.coherence.action.Path;
import dev.coherence.value.Value;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes one value of an object that holds others. */
final class Containers {

    private Containers() {}

    /** Equal sets give equal values: the elements of a set are put into the order of their canonical texts. */
    static Value list(Object object, Form element, Walk walk) {
        List<Value> items = new ArrayList<>();
        for (Object item : elementsOf(object)) {
            items.add(walk.child(items.size(), element, item));
        }
        if (object instanceof Set) {
            items.sort(Comparator.comparing(Value::toJson));
        }
        return walk.list(items);
    }

    /** The elements of a collection or of an array. */
    static Collection<? extends @Nullable Object> elementsOf(Object object) {
        if (object instanceof Collection<?> collection) {
            return collection;
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(object); i++) {
            elements.add(Array.get(object, i));
        }
        return elements;
    }

    static Value map(Map<?, ?> map, boolean keysAreOpen, Form value, Walk walk) {
        Map<String, Value> entries = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = MapKeys.text(entry.getKey(), keysAreOpen, walk);
            if (entries.put(key, walk.child(key, value, entry.getValue())) != null) {
                throw walk.refused("is a map with two keys that print alike; give its keys different texts");
            }
        }
        return walk.map(entries);
    }

    static Value record(Object object, List<KeyNode> keys, Walk walk) {
        SortedMap<Path, Value> entries = new TreeMap<>();
        keys.forEach(key -> key.read(object, walk, entries));
        return nested(entries, 0, walk);
    }

    /** The map of all entries, whose paths agree in their first keys; no path begins with another. */
    private static Value nested(SortedMap<Path, Value> entries, int agreed, Walk walk) {
        Map<String, SortedMap<Path, Value>> groups = new TreeMap<>();
        entries.forEach((path, value) -> groups.computeIfAbsent(path.keys().get(agreed), key -> new TreeMap<>())
                .put(path, value));
        Map<String, Value> map = new TreeMap<>();
        groups.forEach((key, group) -> {
            Path first = group.firstKey();
            boolean isLeaf = first.keys().size() == agreed + 1;
            map.put(key, isLeaf ? group.get(first) : nested(group, agreed + 1, walk));
        });
        return walk.map(map);
    }
}
