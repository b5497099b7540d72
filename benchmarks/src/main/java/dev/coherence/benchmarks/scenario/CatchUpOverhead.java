package dev.coherence.benchmarks.scenario;

import static java.util.Objects.requireNonNull;

import dev.coherence.benchmarks.application.PostgresServer;
import dev.coherence.benchmarks.application.Projector.Kind;
import dev.coherence.benchmarks.measure.Rounds;
import dev.coherence.benchmarks.measure.Samples;
import dev.coherence.benchmarks.report.Comparison;
import dev.coherence.benchmarks.report.Report;
import dev.coherence.benchmarks.scenario.CatchUpSide.CatchUpCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Events per second while a processor catches up in which nothing is replayed, beside plain Axon, on PostgreSQL. */
final class CatchUpOverhead implements Scenario {

    /**
     * The sizes of a run.
     *
     * @param events in the store
     */
    private record Size(int events, List<Integer> batchSizes, Rounds rounds) {

        static Size of(Effort effort) {
            return switch (effort) {
                case FULL -> new Size(20_000, List.of(1, 100), new Rounds(2, 15));
                case QUICK -> new Size(20_000, List.of(100), new Rounds(3, 18));
                case SMALLEST -> new Size(100, List.of(10), new Rounds(0, 1));
            };
        }

        List<CatchUpCase> cases() {
            List<CatchUpCase> cases = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                for (int batchSize : batchSizes) {
                    cases.add(new CatchUpCase(kind, batchSize, false));
                    cases.add(new CatchUpCase(kind, batchSize, true));
                }
            }
            return cases;
        }
    }

    @Override
    public String name() {
        return "catch-up-overhead";
    }

    @Override
    public String description() {
        return "events/s of a processor that catches up, beside plain Axon, on PostgreSQL";
    }

    @Override
    public Report run(Effort effort, Consumer<String> progress) {
        Size size = Size.of(effort);
        progress.accept("storing %,d events".formatted(size.events()));
        List<CatchUpSide> sides = new ArrayList<>();
        try (PostgresServer server = PostgresServer.start();
                StoreSide store = new StoreSide(server, size.events(), List.of())) {
            try {
                size.cases().forEach(each -> sides.add(new CatchUpSide(each, store)));
                progress.accept("measuring");
                return report(size.rounds().of(sides));
            } finally {
                sides.forEach(CatchUpSide::close);
            }
        }
    }

    private static Report report(Map<CatchUpSide, Samples> samples) {
        Map<CatchUpCase, Samples> cases = new LinkedHashMap<>();
        samples.forEach((side, each) -> cases.put(side.shape(), each));
        return new Report(cases.entrySet().stream()
                .map(each -> new Comparison(
                        each.getKey().toString(),
                        "events/s",
                        each.getValue(),
                        requireNonNull(cases.get(each.getKey().plainAxon()))))
                .toList());
    }
}
