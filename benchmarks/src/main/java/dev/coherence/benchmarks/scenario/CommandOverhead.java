package dev.coherence.benchmarks.scenario;

import static java.util.Objects.requireNonNull;

import dev.coherence.benchmarks.application.Database;
import dev.coherence.benchmarks.application.PostgresServer;
import dev.coherence.benchmarks.measure.Clients;
import dev.coherence.benchmarks.measure.Repetitions;
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
 * <p>Every slice has books of its own, and all books have histories of the same length; so all sides load equally many
 * events for each command, from the first slice to the last. The books of all slices are stored before anything is measured.
 * Each side has a database of its own.
 */
final class CommandOverhead implements Scenario {

    private static final int CLIENTS = 4;

    /** The sizes of a run; each repetition begins with empty databases. */
    private record Size(Repetitions repetitions, Rounds rounds, int booksPerSlice) {

        static Size onPostgres(Effort effort) {
            return switch (effort) {
                case FULL -> new Size(new Repetitions(40, Duration.ofMinutes(6)), new Rounds(2, 15), 30);
                case QUICK -> new Size(new Repetitions(10, Duration.ofSeconds(60)), new Rounds(2, 15), 30);
                case SMALLEST -> new Size(new Repetitions(1, Duration.ZERO), new Rounds(0, 1), CLIENTS);
            };
        }

        /** In a database that is some times faster, a slice has to do more. */
        static Size onH2(Effort effort) {
            return switch (effort) {
                case FULL -> new Size(new Repetitions(40, Duration.ofMinutes(3)), new Rounds(2, 15), 80);
                case QUICK -> new Size(new Repetitions(10, Duration.ofSeconds(25)), new Rounds(2, 15), 80);
                case SMALLEST -> new Size(new Repetitions(1, Duration.ZERO), new Rounds(0, 1), CLIENTS);
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
        Map<CommandCase, Samples> samples = size.repetitions().of(repetition -> {
            progress.accept("%s, repetition %d".formatted(databaseName, repetition));
            return measure(databases, size);
        });
        Samples plainAxon = requireNonNull(samples.get(CommandCase.PLAIN_AXON));
        return samples.entrySet().stream()
                .map(each -> new Comparison(
                        databaseName + ": " + each.getKey().description(), "commands/s", each.getValue(), plainAxon))
                .toList();
    }

    /** In fresh databases: stores the books of every case, and lets the cases compete. */
    private static Map<CommandCase, Samples> measure(Supplier<Database> databases, Size size) {
        List<CommandSide> sides = new ArrayList<>();
        try (Clients clients = new Clients(CLIENTS)) {
            for (CommandCase each : CommandCase.values()) {
                sides.add(new CommandSide(each, databases.get(), clients, size.booksPerSlice()));
            }
            for (CommandSide side : sides) {
                side.prepare(size.rounds().slices());
            }
            Map<CommandCase, Samples> samples = new EnumMap<>(CommandCase.class);
            size.rounds().of(sides).forEach((side, measured) -> samples.put(side.commands(), measured));
            return samples;
        } finally {
            sides.forEach(CommandSide::close);
        }
    }
}
