package dev.coherence.axon.simulation;

import dev.coherence.axon.OwnThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Many runs, several of them at a time. With the property {@code coherence.simulation.folder} the results are kept there, with
 * all that is to be known of a run that failed, and only the runs that are missing are done.
 *
 * @param name of the file with the results
 * @param side how many are done side by side, each in a place of its own
 */
record Runs(String name, LongFunction<Schedule> schedules, Variant variant, Supplier<Place> places, int side) {

    private static final Random SEEDS = new Random();

    /** A failed run, with all that is to be known of it. */
    record Failure(long seed, String description) {}

    /** Does new seeds until there are so many; returns those that failed, now or before. */
    List<Failure> upTo(int count) {
        List<Failure> failures = new ArrayList<>();
        int done = 0;
        for (String line : before()) {
            done++;
            if (!line.endsWith(" ok")) {
                failures.add(
                        new Failure(Long.parseLong(line.substring(0, line.indexOf(' '))), "failed before: " + line));
            }
        }
        failures.addAll(run(
                SEEDS.longs(Math.max(0, count - done), 0, 1_000_000_000_000L)
                        .boxed()
                        .toList(),
                true));
        return failures;
    }

    /** Does these seeds; returns those that failed. */
    List<Failure> of(List<Long> seeds) {
        return run(seeds, false);
    }

    private List<Failure> run(List<Long> seeds, boolean noted) {
        Queue<Long> left = new ConcurrentLinkedQueue<>(seeds);
        Queue<Failure> failures = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(side, seeds.size()); i++) {
            workers.add(OwnThread.run(() -> work(left, failures, noted)));
        }
        workers.forEach(CompletableFuture::join);
        return List.copyOf(failures);
    }

    /** A run that has failed may leave something behind, so that the place is not used again. */
    private void work(Queue<Long> seeds, Queue<Failure> failures, boolean noted) {
        while (!seeds.isEmpty()) {
            try (Place place = places.get()) {
                boolean isClean = true;
                for (Long seed = seeds.poll(); seed != null; seed = isClean ? seeds.poll() : null) {
                    List<String> complaints = complaints(seed, place, failures);
                    isClean = complaints.isEmpty();
                    if (noted) {
                        note(seed, complaints);
                    }
                }
            }
        }
    }

    private List<String> complaints(long seed, Place place, Queue<Failure> failures) {
        Schedule schedule = schedules.apply(seed);
        List<String> complaints = Run.complaints(schedule, variant, place);
        if (!complaints.isEmpty()) {
            failures.add(new Failure(seed, Run.describe(schedule, complaints)));
        }
        return complaints;
    }

    private static Path folder() {
        String folder = System.getProperty("coherence.simulation.folder");
        return folder == null || folder.isEmpty() ? null : Path.of(folder);
    }

    private List<String> before() {
        try {
            return folder() == null || !Files.exists(folder().resolve(name))
                    ? List.of()
                    : Files.readAllLines(folder().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void note(long seed, List<String> complaints) {
        if (folder() != null) {
            try {
                Files.createDirectories(folder());
                if (!complaints.isEmpty()) {
                    Files.write(folder().resolve("%s-%d".formatted(name, seed)), complaints);
                }
                Files.writeString(
                        folder().resolve(name),
                        "%d %s%n"
                                .formatted(
                                        seed,
                                        complaints.isEmpty()
                                                ? "ok"
                                                : complaints
                                                        .get(0)
                                                        .lines()
                                                        .findFirst()
                                                        .orElse("")),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
