package dev.coherence.axon;

import static java.util.Objects.requireNonNull;

import dev.coherence.AggregateState;
import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.action.Path;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A process with several threads that count up on a few shared aggregates, each time based on what it has just read, and
 * now and then fire effects on triggers that these are linked to. With policy {@code strict} all count at one path, with
 * {@code merge} each thread at a path of its own. Prints one line for each accepted action: sequence number, policy, path,
 * aggregate, base.
 */
public final class WriterProcess {

    static final String KIND = "counter";
    static final int AGGREGATES = 3;
    private static final int THREADS = 4;
    private static final int TRIGGERS = 4;

    private WriterProcess() {}

    /** Arguments: JDBC URL, seed, number of accepted actions per thread. */
    public static void main(String[] arguments) throws InterruptedException {
        long seed = Long.parseLong(arguments[1]);
        int target = Integer.parseInt(arguments[2]);
        try (TestStore store = TestStore.onExistingTables(TestDatabases.postgres(arguments[0]))) {
            Coherence coherence = Coherence.over(store.log, CoherenceSettings.withSource("writer-" + seed));
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(seed * 1_000 + i);
                threads.execute(() -> write(coherence, random, target));
            }
            threads.shutdown();
            if (!threads.awaitTermination(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException("not done in time");
            }
        }
    }

    private static void write(Coherence coherence, Random random, int target) {
        int accepted = 0;
        while (accepted < target) {
            String trigger = "t" + random.nextInt(TRIGGERS);
            if (random.nextInt(4) == 0) {
                var unused = coherence
                        .rebase(Revision.at(0))
                        .effect(e -> e.reason("fired").trigger("trigger", trigger))
                        .execute();
            } else if (countUp(
                    coherence,
                    random.nextBoolean() ? ConflictPolicy.STRICT : ConflictPolicy.MERGE,
                    Identity.of(KIND, "c" + random.nextInt(AGGREGATES)),
                    trigger)) {
                accepted++;
            }
        }
    }

    private static boolean countUp(Coherence coherence, ConflictPolicy policy, Identity aggregate, String trigger) {
        Path path = policy == ConflictPolicy.STRICT ? Path.of("shared") : Path.of(ownPath());
        AggregateState state = coherence.state(aggregate);
        long count = state.document()
                .get(path)
                .map(value -> (Long) requireNonNull(value.toJava()))
                .orElse(0L);
        RebaseResult result = coherence
                .rebase(state.revision())
                .policy(policy)
                .action(a -> a.reason("count")
                        .actor("thread", ownPath())
                        .aggregate(aggregate)
                        .assoc(path, count + 1)
                        .trigger("trigger", trigger))
                .execute();
        if (result instanceof RebaseResult.Accepted accepted) {
            System.out.printf(
                    "%d %s %s %s %s%n",
                    accepted.events().get(0).sequenceNumber(), policy, path, aggregate.id(), state.revision());
            return true;
        }
        return false;
    }

    private static String ownPath() {
        return ProcessHandle.current().pid() + "-" + Thread.currentThread().getName();
    }
}
