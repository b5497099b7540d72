package dev.coherence.benchmarks;

import dev.coherence.benchmarks.report.Report;
import dev.coherence.benchmarks.scenario.Scenario;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The command behind the script {@code benchmarks/run}: runs one scenario, writes its results to a file, and prints them as
 * a table to standard output. Everything else goes to standard error.
 */
public final class Benchmarks {

    private static final int WRONG_USAGE = 2;

    private Benchmarks() {}

    /** Takes the directory for results, and then what the user has typed. */
    public static void main(String[] args) throws IOException {
        List<String> typed = List.of(args).subList(1, args.length);
        System.exit(run(typed, Scenario.all(), Path.of(args[0]), System.out, System.err));
    }

    /** Returns the exit code. */
    static int run(List<String> typed, List<Scenario> scenarios, Path directory, PrintStream out, PrintStream err)
            throws IOException {
        Arguments arguments;
        try {
            arguments = Arguments.parse(typed, scenarios);
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.print(Arguments.usage(scenarios));
            return WRONG_USAGE;
        }
        Scenario scenario = arguments.scenario();
        long begin = System.nanoTime();
        Report report = scenario.run(
                arguments.effort(),
                step -> err.printf("%4d s  %s%n", (System.nanoTime() - begin) / 1_000_000_000, step));
        report.writeTo(directory.resolve(scenario.name() + ".json"));
        out.print(report.toMarkdown());
        return 0;
    }
}
