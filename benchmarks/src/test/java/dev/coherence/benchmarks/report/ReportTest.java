package dev.coherence.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coherence.benchmarks.measure.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Samples PLAIN = new Samples(List.of(2_000.0, 1_000.0, 4_000.0));
    private static final Samples OURS = new Samples(List.of(1_500.0, 1_000.0, 3_600.0));

    private final Report report = new Report(List.of(
            new Comparison("plain", "commands/s", PLAIN, PLAIN), new Comparison("ours", "commands/s", OURS, PLAIN)));

    @Nested
    class A_comparison {
        private final Comparison ours = report.comparisons().get(1);

        @Test
        void has_the_medians_of_both_sides() {
            assertThat(ours.value()).isEqualTo(1_500);
            assertThat(ours.baseline()).isEqualTo(2_000);
        }

        @Test
        void has_the_median_of_the_ratios_within_the_rounds() {
            assertThat(ours.ratio()).isEqualTo(0.9);
        }
    }

    @Nested
    class The_table {
        @Test
        void has_a_line_for_each_comparison() {
            assertThat(report.toMarkdown()).isEqualTo("""
                    | case | unit | value | baseline | ratio | ratio, 95 % |
                    | --- | --- | ---: | ---: | ---: | ---: |
                    | plain | commands/s | 2,000 | 2,000 | 1.000 | 1.000 to 1.000 |
                    | ours | commands/s | 1,500 | 2,000 | 0.900 | 0.750 to 1.000 |
                    """);
        }

        @Test
        void shows_decimals_of_small_values() {
            Samples millis = new Samples(List.of(0.6125));

            assertThat(new Report(List.of(new Comparison("a", "ms/command", millis, millis))).toMarkdown())
                    .contains("| a | ms/command | 0.613 | 0.613 |");
        }

        @Test
        void is_the_same_in_every_country() {
            String here = report.toMarkdown();
            Locale before = Locale.getDefault();
            Locale.setDefault(Locale.GERMANY);
            try {
                assertThat(report.toMarkdown()).isEqualTo(here);
            } finally {
                Locale.setDefault(before);
            }
        }
    }

    @Nested
    class The_file {
        @TempDir
        Path directory;

        @Test
        void is_a_list_of_objects_with_these_five_fields() throws IOException {
            Path file = directory.resolve("new").resolve("results.json");

            report.writeTo(file);

            JsonNode list = new ObjectMapper().readTree(Files.readString(file));
            assertThat(list).isEqualTo(new ObjectMapper().readTree("""
                    [{"case": "plain", "unit": "commands/s", "value": 2000.0, "baseline": 2000.0, "ratio": 1.0},
                     {"case": "ours", "unit": "commands/s", "value": 1500.0, "baseline": 2000.0, "ratio": 0.9}]"""));
        }

        @Test
        void is_written_over() throws IOException {
            Path file = directory.resolve("results.json");
            Files.writeString(file, "old ".repeat(1_000));

            report.writeTo(file);

            assertThat(file).hasContent(report.toJson());
        }
    }
}
