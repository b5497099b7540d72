package dev.coherence.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.benchmarks.measure.Samples;
import dev.coherence.benchmarks.report.Comparison;
import dev.coherence.benchmarks.report.Report;
import dev.coherence.benchmarks.scenario.Effort;
import dev.coherence.benchmarks.scenario.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksTest {

    private static final Report REPORT = new Report(
            List.of(new Comparison("a", "commands/s", new Samples(List.of(8.0)), new Samples(List.of(10.0)))));

    /** Remembers with what effort it was run. */
    private record Recording(String name, List<Effort> runs) implements Scenario {
        @Override
        public String description() {
            return "what " + name + " measures";
        }

        @Override
        public Report run(Effort effort, Consumer<String> progress) {
            runs.add(effort);
            progress.accept("measuring");
            return REPORT;
        }
    }

    @TempDir
    Path results;

    private final Recording first = new Recording("first", new ArrayList<>());
    private final Recording second = new Recording("second", new ArrayList<>());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... typed) throws IOException {
        return Benchmarks.run(
                List.of(typed),
                List.of(first, second),
                results,
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }

    @Nested
    class A_scenario {
        @Test
        void is_run_by_its_name() throws IOException {
            assertThat(run("second")).isZero();

            assertThat(second.runs()).containsExactly(Effort.FULL);
            assertThat(first.runs()).isEmpty();
        }

        @Test
        void is_run_quickly_wherever_the_option_stands() throws IOException {
            run("first", "--quick");
            run("--quick", "first");

            assertThat(first.runs()).containsExactly(Effort.QUICK, Effort.QUICK);
        }

        @Test
        void prints_its_table_and_nothing_else() throws IOException {
            run("first");

            assertThat(out.toString(UTF_8)).isEqualTo(REPORT.toMarkdown());
        }

        @Test
        void says_meanwhile_what_it_does() throws IOException {
            run("first");

            assertThat(err.toString(UTF_8)).contains("measuring");
        }

        @Test
        void writes_a_file_named_like_it() throws IOException {
            run("first");

            assertThat(results.resolve("first.json")).hasContent(REPORT.toJson());
        }
    }

    @Nested
    class Wrong_usage {
        private void isRefused(String message, String... typed) throws IOException {
            assertThat(run(typed)).isEqualTo(2);

            assertThat(err.toString(UTF_8))
                    .startsWith(message + System.lineSeparator())
                    .contains("usage: benchmarks/run SCENARIO [--quick]")
                    .contains("first ", "what first measures", "second ", "what second measures");
            assertThat(out.toString(UTF_8)).isEmpty();
            assertThat(first.runs()).isEmpty();
            assertThat(results).isEmptyDirectory();
        }

        @Test
        void is_to_name_no_scenario() throws IOException {
            isRefused("The name of a scenario is missing.");
        }

        @Test
        void is_to_give_an_option_only() throws IOException {
            isRefused("The name of a scenario is missing.", "--quick");
        }

        @Test
        void is_to_name_a_scenario_that_does_not_exist() throws IOException {
            isRefused("There is no scenario third.", "third");
        }

        @Test
        void is_to_name_two_scenarios() throws IOException {
            isRefused("One scenario at a time, not 2: first, second.", "first", "second");
        }

        @Test
        void is_to_give_an_unknown_option() throws IOException {
            isRefused("There is no option --fast.", "first", "--fast");
        }
    }
}
