package dev.coherence;

import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Patches over so few keys and values that they overlap, agree and disagree often. */
public final class RandomPatches {

    private static final List<String> KEYS = List.of("a", "b", "c");

    private final Random random;

    public RandomPatches(Random random) {
        this.random = random;
    }

    /** A patch of one to three paths, one to three keys deep. */
    public Patch next() {
        SortedMap<Path, Value> assoc = new TreeMap<>();
        SortedSet<Path> dissoc = new TreeSet<>();
        int wanted = 1 + random.nextInt(3);
        for (int i = 0; i < wanted; i++) {
            Path path = path();
            boolean overlaps = assoc.keySet().stream().anyMatch(path::overlaps)
                    || dissoc.stream().anyMatch(path::overlaps);
            if (overlaps) {
                continue;
            }
            if (random.nextInt(3) == 0) {
                dissoc.add(path);
            } else {
                assoc.put(path, value(2));
            }
        }
        return new Patch(assoc, dissoc);
    }

    private Path path() {
        List<String> keys = new ArrayList<>();
        int length = 1 + random.nextInt(3);
        for (int i = 0; i < length; i++) {
            keys.add(KEYS.get(random.nextInt(KEYS.size())));
        }
        return new Path(keys);
    }

    private Value value(int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 4)) {
            case 0 -> Value.of(random.nextInt(2));
            case 1 -> Value.NULL;
            case 2 -> Value.of(Map.of(KEYS.get(random.nextInt(KEYS.size())), value(depth - 1)));
            default -> Value.of(Map.of());
        };
    }
}
