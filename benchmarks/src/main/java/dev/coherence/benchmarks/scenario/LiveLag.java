package dev.coherence.benchmarks.scenario;

import static java.util.Objects.requireNonNull;

import dev.coherence.benchmarks.application.PostgresServer;
import dev.coherence.benchmarks.measure.Samples;
import dev.coherence.benchmarks.report.Comparison;
import dev.coherence.benchmarks.report.Report;
import dev.coherence.benchmarks.scenario.LagSide.Lag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * How late live events are handled while many aggregates are replayed, for some shares of the replay, beside a time without a
 * replay; on PostgreSQL.
 */
final class LiveLag implements Scenario {

    private static final String IDLE = "no replay";

    /** The sizes of a run: how many books are replayed, by which shares, and how many rounds are measured after one more. */
    private record Size(int books, List<Double> shares, long idleMillis, int rounds) {

        static Size of(Effort effort) {
            return switch (effort) {
                case FULL -> new Size(10_000, List.of(0.1, 0.5, 0.9), 5_000, 10);
                case QUICK -> new Size(10_000, List.of(0.1, 0.5, 0.9), 3_000, 4);
                case SMALLEST -> new Size(20, List.of(0.5), 100, 1);
            };
        }
    }

    @Override
    public String name() {
        return "live-lag";
    }

    @Override
    public String description() {
        return "ms until a live event is handled while 10,000 aggregates are replayed, on PostgreSQL";
    }

    @Override
    public Report run(Effort effort, Consumer<String> progress) {
        Size size = Size.of(effort);
        Map<Double, LagSide> sides = new LinkedHashMap<>();
        progress.accept("storing %,d events".formatted(size.books() * StoreSide.EVENTS_OF_BOOK));
        try (PostgresServer server = PostgresServer.start();
                StoreSide store =
                        new StoreSide(server, size.books() * StoreSide.EVENTS_OF_BOOK, List.of(size.books()))) {
            try {
                size.shares().forEach(share -> sides.put(share, new LagSide(store, share)));
                return report(measure(size, sides, progress));
            } finally {
                sides.values().forEach(LagSide::close);
            }
        }
    }

    private static Map<String, List<Lag>> measure(Size size, Map<Double, LagSide> sides, Consumer<String> progress) {
        Map<String, List<Lag>> lags = new LinkedHashMap<>();
        for (int round = 0; round <= size.rounds(); round++) {
            progress.accept(round == 0 ? "warming up" : "round " + round);
            Map<String, Lag> measured = new LinkedHashMap<>();
            measured.put(IDLE, sides.values().iterator().next().idle(size.idleMillis()));
            sides.forEach((share, side) -> measured.put("replay with share " + share, side.replaying(size.books())));
            if (round > 0) {
                measured.forEach((name, lag) ->
                        lags.computeIfAbsent(name, first -> new ArrayList<>()).add(lag));
            }
        }
        return lags;
    }

    private static Report report(Map<String, List<Lag>> lags) {
        List<Comparison> comparisons = new ArrayList<>();
        lags.forEach((name, each) -> {
            comparisons.add(comparison(lags, name, "half of the live events", Lag::median));
            comparisons.add(comparison(lags, name, "99 % of the live events", Lag::p99));
        });
        return new Report(comparisons);
    }

    private static Comparison comparison(
            Map<String, List<Lag>> lags, String name, String which, ToDoubleFunction<Lag> value) {
        return new Comparison(
                "%s: %s".formatted(name, which), "ms", samples(lags, name, value), samples(lags, IDLE, value));
    }

    private static Samples samples(Map<String, List<Lag>> lags, String name, ToDoubleFunction<Lag> value) {
        return new Samples(requireNonNull(lags.get(name)).stream()
                .map(value::applyAsDouble)
                .toList());
    }
}
