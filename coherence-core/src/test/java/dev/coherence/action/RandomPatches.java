package dev.coherence.action;

import dev.coherence.value.RandomValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Paths that often lead to or through each other, and patches of them. */
public final class RandomPatches {
    private RandomPatches() {}

    /** A path of one to four keys, of few different ones. */
    public static Path path(Random random) {
        String[] keys = {"a", "b", "c", "a.b"};
        return new Path(Stream.generate(() -> keys[random.nextInt(keys.length)])
                .limit(1 + random.nextInt(4))
                .toList());
    }

    /** A valid patch of up to six entries; its values are often maps with the keys of other paths. */
    public static Patch patch(Random random) {
        Patch.Builder patch = Patch.builder();
        List<Path> taken = new ArrayList<>();
        for (int entries = 1 + random.nextInt(6); entries > 0; entries--) {
            Path path = path(random);
            if (taken.stream().anyMatch(path::overlaps)) {
                continue;
            }
            taken.add(path);
            if (random.nextInt(3) == 0) {
                patch.dissoc(path);
            } else {
                patch.assoc(path, value(random));
            }
        }
        return patch.build();
    }

    private static Object value(Random random) {
        return random.nextBoolean()
                ? RandomValues.java(random, 2)
                : Map.of("a", random.nextInt(3), "b", Map.of("c", random.nextInt(3)));
    }
}
