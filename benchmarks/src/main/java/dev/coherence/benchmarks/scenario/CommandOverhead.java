package dev.coherence.benchmarks.scenario;

import static java.util.Objects.requireNonNull;

import dev.coherence.benchmarks.application.Database;
import dev.coherence.benchmarks.application.PostgresServer;
import dev.coherence.benchmarks.measure.Clients;
import dev.coherence.benchmarks.measure.Rounds;
import dev.coherence.benchmarks.measure.Samples;
import dev.coherence.benchmarks.report.Comparison;
import dev.coherence.benchmarks.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Commands per second with coherence, beside those of plain Axon on the same database.
 *
 * <p>Every command goes to a book of its own, and all books have histories of the same length; so all sides load equally
 * many events for each command, from the first slice to the last. The books of all slices are stored before anything is
 * measured. Each side has a database of its own.
 */
final class CommandOverhead implements Scenario {

    private static final int CLIENTS = 4;

    /** The sizes of a run; between two repetitions, everything begins anew with empty databases. */
    private record Size(int repetitions, Rounds rounds, int booksPerSlice) {

        static Size onPostgres(Effort effort) {
            return switch (effort) {
                case FULL -> new Size(5, new Rounds(10, 120, Duration.ofSeconds(90)), 40);
                case QUICK -> new Size(1, new Rounds(10, 120, Duration.ofSeconds(60)), 40);
                case SMALLEST -> new Size(2, new Rounds(0, 1, Duration.ZERO), CLIENTS);
            };
        }

        /** Some times faster, so that a slice has to do more. */
        static Size onH2(Effort effort) {
            return switch (effort) {
                case FULL -> new Size(5, new Rounds(10, 120, Duration.ofSeconds(60)), 80);
                case QUICK -> new Size(1, new Rounds(10, 120, Duration.ofSeconds(30)), 80);
                case SMALLEST -> new Size(2, new Rounds(0, 1, Duration.ZERO), CLIENTS);
            };
        }
    }

    @Override
    public String name() {
        return "command-overhead";
    }

    @Override
    public String description() {
        return "commands/s with coherence beside plain Axon, on H2 and PostgreSQL";
    }

    @Override
    public Report run(Effort effort, Consumer<String> progress) {
        List<Comparison> comparisons = new ArrayList<>();
        try (PostgresServer server = PostgresServer.start()) {
            comparisons.addAll(compare("PostgreSQL", server::newDatabase, Size.onPostgres(effort), progress));
        }
        comparisons.addAll(compare("H2", Database::h2, Size.onH2(effort), progress));
        return new Report(comparisons);
    }

    private static List<Comparison> compare(
            String databaseName, Supplier<Database> databases, Size size, Consumer<String> progress) {
        Map<CommandCase, Samples> samples = new EnumMap<>(CommandCase.class);
        for (int repetition = 1; repetition <= size.repetitions(); repetition++) {
            String run = "%s, %d of %d".formatted(databaseName, repetition, size.repetitions());
            measure(run, databases, size, progress).forEach((side, more) -> samples.merge(side.commands(), more, Samples::and));
        }
        Samples plainAxon = requireNonNull(samples.get(CommandCase.PLAIN_AXON));
        return samples.entrySet().stream()
                .map(each -> new Comparison(
                        databaseName + ": " + each.getKey().description(), "commands/s", each.getValue(), plainAxon))
                .toList();
    }

    /** In fresh databases: stores the books of every case, and lets the cases compete. */
    private static Map<CommandSide, Samples> measure(
            String run, Supplier<Database> databases, Size size, Consumer<String> progress) {
        List<CommandSide> sides = new ArrayList<>();
        try (Clients clients = new Clients(CLIENTS)) {
            progress.accept(run + ": storing books");
            for (CommandCase each : CommandCase.values()) {
                sides.add(new CommandSide(each, databases.get(), clients, size.booksPerSlice()));
            }
            for (CommandSide side : sides) {
                side.prepare(size.rounds().maxSlices());
            }
            progress.accept(run + ": measuring");
            return size.rounds().of(sides);
        } finally {
            sides.forEach(CommandSide::close);
        }
    }
}
