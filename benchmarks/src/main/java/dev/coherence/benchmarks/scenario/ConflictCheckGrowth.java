package dev.coherence.benchmarks.scenario;

import dev.coherence.benchmarks.application.Application;
import dev.coherence.benchmarks.application.Database;
import dev.coherence.benchmarks.application.PostgresServer;
import dev.coherence.benchmarks.measure.Repetitions;
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

/**
 * Milliseconds for a command to a book with a short, a long and a very long history, on PostgreSQL. A snapshot makes loading
 * equally short for all; so what grows, if anything, is the check. Each case is compared with itself on the shortest history.
 */
final class ConflictCheckGrowth implements Scenario {

    private static final List<GrowthCase> CHECKS =
            List.of(GrowthCase.NO_REVISION, GrowthCase.CURRENT, GrowthCase.STALE);

    /** The sizes of a run. A check is cheap and is measured often; a reported dispute reads the whole history. */
    private record Size(List<Integer> histories, Contest checks, Contest disputes) {

        static Size of(Effort effort) {
            return switch (effort) {
                case FULL ->
                    new Size(
                            List.of(10, 1_000, 100_000),
                            new Contest(new Repetitions(20, Duration.ofMinutes(4)), new Rounds(5, 20), 20),
                            new Contest(new Repetitions(8, Duration.ofMinutes(4)), new Rounds(1, 5), 1));
                case QUICK ->
                    new Size(
                            List.of(10, 1_000, 20_000),
                            new Contest(new Repetitions(5, Duration.ofSeconds(50)), new Rounds(5, 20), 20),
                            new Contest(new Repetitions(4, Duration.ofSeconds(40)), new Rounds(1, 5), 1));
                case SMALLEST ->
                    new Size(
                            List.of(2, 10, 20),
                            new Contest(new Repetitions(1, Duration.ZERO), new Rounds(0, 1), 2),
                            new Contest(new Repetitions(1, Duration.ZERO), new Rounds(0, 1), 1));
            };
        }
    }

    private record Contest(Repetitions repetitions, Rounds rounds, int commandsPerSlice) {

        /** Of each case, the first book is the baseline of the others. */
        List<Comparison> among(List<GrowthCase> cases, List<AgedBook> books) {
            List<AgedBookSide> sides = cases.stream()
                    .flatMap(each -> books.stream().map(book -> new AgedBookSide(each, book, commandsPerSlice)))
                    .toList();
            Map<GrowthCase, Samples> baselines = new EnumMap<>(GrowthCase.class);
            List<Comparison> comparisons = new ArrayList<>();
            repetitions.of(repetition -> rounds.of(sides)).forEach((side, samples) -> {
                Samples baseline = baselines.computeIfAbsent(side.commands(), first -> samples);
                comparisons.add(new Comparison(side.description(), "ms/command", samples, baseline));
            });
            return comparisons;
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
                    .map(history -> new AgedBook(history, application, database))
                    .toList();
            database.settle();
            progress.accept("measuring checks");
            List<Comparison> comparisons = new ArrayList<>(size.checks().among(CHECKS, books));
            progress.accept("measuring reported disputes");
            comparisons.addAll(size.disputes().among(List.of(GrowthCase.DISPUTED), books));
            return new Report(comparisons);
        }
    }
}
