package dev.coherence.axon.guard.race;

import dev.coherence.axon.guard.race.Changes.Expired;
import dev.coherence.axon.guard.race.Changes.Place;
import dev.coherence.axon.guard.race.Changes.Renumbered;
import dev.coherence.axon.guard.race.Changes.Retired;
import dev.coherence.axon.guard.race.Changes.Revised;
import dev.coherence.axon.guard.race.Changes.Trimmed;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An event that a command asks for, before it is known which state its handler sees. */
record Wish(
        Kind kind,
        @Nullable Long a,
        @Nullable Long b,
        @Nullable Long city,
        @Nullable Long street,
        List<String> removed,
        @Nullable String key) {

    private static final int VALUES = 3;
    private static final int KEYS = 5;
    private static final List<List<String>> REMOVALS =
            List.of(List.of("a"), List.of("b"), List.of("place"), List.of("place.city"), List.of("a", "place.street"));

    enum Kind {
        REVISE,
        TRIM,
        RENUMBER,
        EXPIRE,
        RETIRE
    }

    static Wish random(Random random) {
        int dice = random.nextInt(100);
        if (dice < 77) {
            return revise(random);
        } else if (dice < 86) {
            List<String> removed = REMOVALS.get(random.nextInt(REMOVALS.size()));
            return new Wish(Kind.TRIM, null, null, null, null, removed, null);
        } else if (dice < 88) {
            return new Wish(Kind.RENUMBER, null, null, null, null, List.of(), null);
        } else if (dice < 92) {
            return new Wish(Kind.EXPIRE, null, null, null, null, List.of(), key(random));
        }
        return new Wish(Kind.RETIRE, null, value(random), null, null, List.of(), key(random));
    }

    private static Wish revise(Random random) {
        int first = random.nextInt(5);
        int second = random.nextInt(10); // mostly none
        return new Wish(
                Kind.REVISE,
                first == 0 || first == 4 || second == 0 ? value(random) : null,
                first == 1 || second == 1 ? value(random) : null,
                first == 2 || second == 2 ? value(random) : null,
                first == 3 || second == 3 ? value(random) : null,
                List.of(),
                random.nextInt(8) == 0 ? key(random) : null);
    }

    private static long value(Random random) {
        return random.nextInt(VALUES);
    }

    static String key(Random random) {
        return String.valueOf(1 + random.nextInt(KEYS));
    }

    Change event(String id, String seen) {
        return switch (kind) {
            case REVISE ->
                new Revised(id, a, b, city == null && street == null ? null : new Place(city, street), key, seen);
            case TRIM -> new Trimmed(id, removed, seen);
            case RENUMBER -> new Renumbered(id, seen);
            case EXPIRE -> new Expired(id, key, seen);
            case RETIRE -> new Retired(id, b, key, seen);
        };
    }
}
