package dev.coherence.benchmarks.scenario;

import dev.coherence.benchmarks.application.Application;
import dev.coherence.benchmarks.application.Database;
import dev.coherence.benchmarks.application.PostgresServer;
import dev.coherence.benchmarks.measure.Rounds;
import dev.coherence.benchmarks.measure.Samples;
import dev.coherence.benchmarks.report.Comparison;
import dev.coherence.benchmarks.report.Report;
import dev.coherence.conflict.ConflictPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Milliseconds for a command to a book with a short, a long and a very long history, on PostgreSQL. A snapshot makes loading equally
 * short for all; so what grows, if anything, is the check. Each case is compared with itself on the shortest history.
 */
final class ConflictCheckGrowth implements Scenario {

    private static final List<GrowthCase> CHECKS = List.of(GrowthCase.NO_REVISION, GrowthCase.CURRENT, GrowthCase.STALE);

    /** The sizes of a run. A check is cheap and is measured often; a reported dispute reads the whole history. */
    private record Size(List<Integer> histories, Rounds checks, int commandsPerSlice, Rounds disputes) {

        static Size of(Effort effort) {
            return switch (effort) {
                case FULL ->
                    new Size(
                            List.of(10, 1_000, 100_000),
                            new Rounds(40, 400, Duration.ofMinutes(4)),
                            20,
                            new Rounds(2, 20, Duration.ofMinutes(3)));
                case QUICK ->
                    new Size(
                            List.of(10, 1_000, 20_000),
                            new Rounds(20, 100, Duration.ofSeconds(60)),
                            20,
                            new Rounds(2, 20, Duration.ofSeconds(40)));
                case SMALLEST ->
                    new Size(List.of(2, 10, 20), new Rounds(0, 1, Duration.ZERO), 2, new Rounds(0, 1, Duration.ZERO));
            };
        }
    }

    @Override
    public String name() {
        return "conflict-check-growth";
    }

    @Override
    public String description() {
        return "ms/command for aggregates with 10 to 100,000 events, on PostgreSQL";
    }

    @Override
    public Report run(Effort effort, Consumer<String> progress) {
        Size size = Size.of(effort);
        try (PostgresServer server = PostgresServer.start();
                Database database = server.newDatabase();
                Application application = Application.withCoherence(database, ConflictPolicy.MERGE)) {
            progress.accept("storing books with " + size.histories() + " events");
            List<AgedBook> books = size.histories().stream()
                    .map(history -> AgedBook.store(history, application, database))
                    .toList();
            database.settle();
            List<Comparison> comparisons = new ArrayList<>();
            progress.accept("measuring checks");
            Stream<AgedBookSide> checks = CHECKS.stream()
                    .flatMap(each -> books.stream()
                            .map(book -> new AgedBookSide(each, book, application, database, size.commandsPerSlice())));
            comparisons.addAll(compare(checks.toList(), size.checks()));
            progress.accept("measuring reported disputes");
            Stream<AgedBookSide> disputes = books.stream()
                    .map(book -> new AgedBookSide(GrowthCase.DISPUTED, book, application, database, 1));
            comparisons.addAll(compare(disputes.toList(), size.disputes()));
            return new Report(comparisons);
        }
    }

    /** The first side of each case is the baseline of the others. */
    private static List<Comparison> compare(List<AgedBookSide> sides, Rounds rounds) {
        Map<GrowthCase, Samples> baselines = new EnumMap<>(GrowthCase.class);
        List<Comparison> comparisons = new ArrayList<>();
        rounds.of(sides).forEach((side, samples) -> {
            Samples baseline = baselines.computeIfAbsent(side.commands(), first -> samples);
            comparisons.add(new Comparison(side.description(), "ms/command", samples, baseline));
        });
        return comparisons;
    }
}
