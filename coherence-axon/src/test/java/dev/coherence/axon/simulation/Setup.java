package dev.coherence.axon.simulation;

import dev.coherence.action.Identity;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a run is made of.
 *
 * @param nodes how many nodes share the token store
 * @param segments with how many segments the processor begins
 * @param share of the replays, as {@link dev.coherence.axon.replay.ReplaySettings} has it
 * @param fromHead whether a new processor begins with a replay token at the head, which is Axon's default; else before the
 *     first event
 * @param splits whether some events come out as two
 */
record Setup(
        Kind kind,
        int nodes,
        int segments,
        int batchSize,
        double share,
        int aggregatesAtOnce,
        boolean fromHead,
        boolean splits,
        List<Group> groups,
        List<Identity> aggregates,
        List<Identity> triggers) {

    static final int MAX_SEGMENTS = 8;

    /** The kind of the processor. */
    enum Kind {
        TRACKING,
        POOLED
    }

    /**
     * A processing group of the processor.
     *
     * @param replays whether it takes part in replays
     * @param sequential whether all its events belong to one segment, and not only those of one aggregate
     */
    record Group(String name, boolean replays, boolean sequential) {}

    static Setup of(Random random, Kind kind) {
        return new Setup(
                kind,
                1 + random.nextInt(2),
                1 + random.nextInt(MAX_SEGMENTS),
                pick(random, 1, 1, 2, 3, 5, 10, 20, 100),
                pick(random, 0.0, 0.3, 0.5, 0.5, 1.0),
                pick(random, 1, 2, 5, 20),
                random.nextBoolean(),
                random.nextInt(3) == 0,
                groups(random),
                identities("book", 2 + random.nextInt(5)),
                identities("key", 1 + random.nextInt(3)));
    }

    private static List<Group> groups(Random random) {
        Group books = new Group("books", true, false);
        return switch (random.nextInt(5)) {
            case 0 -> List.of(books, new Group("shelves", true, false));
            case 1 -> List.of(books, new Group("sequence", true, true));
            case 2 -> List.of(books, new Group("plain", false, false));
            default -> List.of(books);
        };
    }

    private static List<Identity> identities(String kind, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Identity.of(kind, "" + kind.charAt(0) + i))
                .toList();
    }

    @SafeVarargs
    static <T> T pick(Random random, T... options) {
        return options[random.nextInt(options.length)];
    }
}
