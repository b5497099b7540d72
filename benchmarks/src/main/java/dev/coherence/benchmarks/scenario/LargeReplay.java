package dev.coherence.benchmarks.scenario;

import dev.coherence.benchmarks.application.PostgresServer;
import dev.coherence.benchmarks.measure.Heap;
import dev.coherence.benchmarks.measure.Samples;
import dev.coherence.benchmarks.report.Comparison;
import dev.coherence.benchmarks.report.Report;
import dev.coherence.benchmarks.scenario.LagSide.Lag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One very large replay while live events come: how late these are, and whether memory grows. A second processor of the same
 * name, as on another node, is after the claim all the time; the scenario fails if it ever gets it.
 */
final class LargeReplay implements Scenario {

    private static final double SHARE = 0.5;

    @Override
    public String name() {
        return "large-replay";
    }

    @Override
    public String description() {
        return "live lag and memory while 100,000 aggregates are replayed, on PostgreSQL";
    }

    private static int books(Effort effort) {
        return switch (effort) {
            case FULL -> 100_000;
            case QUICK -> 20_000;
            case SMALLEST -> 20;
        };
    }

    @Override
    public Report run(Effort effort, Consumer<String> progress) {
        int books = books(effort);
        progress.accept("storing %,d events".formatted(books * StoreSide.EVENTS_OF_BOOK));
        try (PostgresServer server = PostgresServer.start();
                StoreSide store = new StoreSide(server, books * StoreSide.EVENTS_OF_BOOK, List.of(1, books));
                LagSide side = new LagSide(store, SHARE);
                LagSide rival = new LagSide(store, SHARE)) {
            progress.accept("warming up");
            side.replaying(1);
            Lag idle = side.idle(effort == Effort.SMALLEST ? 100 : 10_000);
            progress.accept("replaying");
            List<Double> heap = new ArrayList<>(List.of(Heap.megabytesInUse()));
            Lag replaying = side.replaying(books, rival, () -> heap.add(Heap.megabytesInUse()));
            progress.accept("%,d aggregates in %.1f s".formatted(books, replaying.seconds()));
            return new Report(List.of(
                    compared("half of the live events, beside no replay", "ms", replaying.median(), idle.median()),
                    compared("99 % of the live events, beside no replay", "ms", replaying.p99(), idle.p99()),
                    compared("heap in mid-replay, beside that before", "MB", heap.get(1), heap.get(0)),
                    compared("heap near the end, beside that before", "MB", heap.get(2), heap.get(0))));
        }
    }

    private static Comparison compared(String name, String unit, double value, double baseline) {
        return new Comparison(name, unit, new Samples(List.of(value)), new Samples(List.of(baseline)));
    }
}
