package dev.coherence.benchmarks.scenario;

import static java.util.Objects.requireNonNull;

import dev.coherence.benchmarks.application.PostgresServer;
import dev.coherence.benchmarks.application.Projector.Kind;
import dev.coherence.benchmarks.measure.Samples;
import dev.coherence.benchmarks.report.Comparison;
import dev.coherence.benchmarks.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long it takes after an effect until a projection is consistent again, on PostgreSQL: by a replay of the affected
 * aggregates, beside a full reset and replay by plain Axon.
 */
final class EffectReplay implements Scenario {

    private static final int BATCH_SIZE = 100;

    /**
     * The sizes of a run.
     *
     * @param stores how many events they have, ascending
     * @param affected how many books effects affect, ascending; left out where these are more than half of a store
     * @param rounds that are measured; a first one, of the smallest store only, is dropped
     */
    private record Size(List<Integer> stores, List<Integer> affected, int rounds) {

        static Size of(Effort effort) {
            return switch (effort) {
                case FULL -> new Size(List.of(10_000, 100_000, 1_000_000), List.of(1, 100, 10_000), 3);
                case QUICK -> new Size(List.of(4_000, 40_000), List.of(1, 100, 1_000), 5);
                case SMALLEST -> new Size(List.of(80, 200), List.of(1, 4), 1);
            };
        }

        List<Integer> affectedIn(int store) {
            return affected.stream()
                    .filter(books -> books * StoreSide.EVENTS_OF_BOOK <= store / 2)
                    .toList();
        }
    }

    /** What is measured: an effect on so many books of a store; a full reset of the store if there are 0. */
    private record Cell(int store, int books, boolean inMemory) {

        Cell reset() {
            return new Cell(store, 0, inMemory);
        }

        /** How many events are handled. */
        int events() {
            return books == 0 ? store : books * StoreSide.EVENTS_OF_BOOK;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d aggregate%s in %,d events%s",
                    books,
                    books == 1 ? "" : "s",
                    store,
                    inMemory ? ", projection in memory" : "");
        }
    }

    @Override
    public String name() {
        return "effect-replay";
    }

    @Override
    public String description() {
        return "ms until a projection follows an effect, beside a full reset by plain Axon, on PostgreSQL";
    }

    @Override
    public Report run(Effort effort, Consumer<String> progress) {
        Size size = Size.of(effort);
        List<StoreSide> stores = new ArrayList<>();
        List<ReplayPair> pairs = new ArrayList<>();
        try (PostgresServer server = PostgresServer.start()) {
            try {
                for (int events : size.stores()) {
                    progress.accept("storing %,d events".formatted(events));
                    stores.add(new StoreSide(server, events, size.affectedIn(events)));
                }
                stores.forEach(store -> pairs.add(ReplayPair.withTables(store, Kind.TRACKING, BATCH_SIZE)));
                ReplayPair inMemory = ReplayPair.inMemory(stores.get(stores.size() - 1), Kind.TRACKING, BATCH_SIZE);
                pairs.add(inMemory);
                return report(size, measure(size, pairs, inMemory, progress));
            } finally {
                pairs.forEach(ReplayPair::close);
                stores.forEach(StoreSide::close);
            }
        }
    }

    private static Map<Cell, Samples> measure(
            Size size, List<ReplayPair> pairs, ReplayPair inMemory, Consumer<String> progress) {
        Map<Cell, List<Double>> values = new LinkedHashMap<>();
        Map<Cell, Double> warmUp = measure(size, pairs.get(0), false);
        progress.accept("warmed up with " + warmUp.size() + " cases");
        for (int round = 1; round <= size.rounds(); round++) {
            progress.accept("round " + round);
            for (ReplayPair pair : pairs) {
                measure(size, pair, pair == inMemory)
                        .forEach((cell, value) -> values.computeIfAbsent(cell, first -> new ArrayList<>())
                                .add(value));
            }
        }
        Map<Cell, Samples> samples = new LinkedHashMap<>();
        values.forEach((cell, each) -> samples.put(cell, new Samples(each)));
        return samples;
    }

    private static Map<Cell, Double> measure(Size size, ReplayPair pair, boolean inMemory) {
        int store = pair.store().events();
        Map<Cell, Double> measured = new LinkedHashMap<>();
        for (int books : size.affectedIn(store)) {
            measured.put(new Cell(store, books, inMemory), pair.millisOfEffect(books, effects(books)));
        }
        measured.put(new Cell(store, 0, inMemory), pair.millisOfFullReset());
        return measured;
    }

    /** Short ones are repeated. */
    private static int effects(int books) {
        return books <= 100 ? 15 : 1;
    }

    private static Report report(Size size, Map<Cell, Samples> samples) {
        List<Comparison> comparisons = new ArrayList<>();
        List<Cell> effects =
                samples.keySet().stream().filter(cell -> cell.books() > 0).toList();
        for (Cell cell : effects) {
            if (!cell.inMemory()) {
                comparisons.add(new Comparison(
                        cell + ": effect beside full reset", "ms", of(samples, cell), of(samples, cell.reset())));
            }
        }
        for (Cell cell : effects) {
            Cell smallest = smallest(size, cell);
            if (!cell.inMemory() && !smallest.equals(cell)) {
                comparisons.add(new Comparison(
                        "%s: beside %,d events".formatted(cell, smallest.store()),
                        "ms",
                        of(samples, cell),
                        of(samples, smallest)));
            }
        }
        for (Cell cell : effects) {
            if (cell.books() == size.affected().get(size.affected().size() - 1)) {
                comparisons.add(new Comparison(
                        cell + ": beside catch-up by plain Axon",
                        "events/s",
                        perSecond(samples, cell),
                        perSecond(samples, cell.reset())));
            }
        }
        return new Report(comparisons);
    }

    /** The same effect in the smallest store that is large enough. */
    private static Cell smallest(Size size, Cell cell) {
        return size.stores().stream()
                .filter(store -> size.affectedIn(store).contains(cell.books()))
                .findFirst()
                .map(store -> new Cell(store, cell.books(), cell.inMemory()))
                .orElseThrow();
    }

    private static Samples of(Map<Cell, Samples> samples, Cell cell) {
        return requireNonNull(samples.get(cell));
    }

    private static Samples perSecond(Map<Cell, Samples> samples, Cell cell) {
        return new Samples(of(samples, cell).values().stream()
                .map(millis -> cell.events() * 1e3 / millis)
                .toList());
    }
}
