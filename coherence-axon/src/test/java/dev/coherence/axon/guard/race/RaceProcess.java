package dev.coherence.axon.guard.race;

import dev.coherence.axon.TestDatabases;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A process with several writers. Prints one line for each {@link Attempt}. */
public final class RaceProcess {

    static final int WRITERS = 4;

    private RaceProcess() {}

    /** Arguments: JDBC URL, seed, number of the process, number of intentions per writer. */
    public static void main(String[] arguments) throws InterruptedException {
        long seed = Long.parseLong(arguments[1]);
        int process = Integer.parseInt(arguments[2]);
        int intentions = Integer.parseInt(arguments[3]);
        try (RaceApplication application =
                RaceApplication.start(TestDatabases.postgres(arguments[0]), "process-" + process)) {
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(seed * 100 + process * 10L + i);
                threads.execute(() ->
                        new Writer(application, random, attempt -> System.out.println(attempt.line())).run(intentions));
            }
            threads.shutdown();
            if (!threads.awaitTermination(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException("not done in time");
            }
        }
    }
}
