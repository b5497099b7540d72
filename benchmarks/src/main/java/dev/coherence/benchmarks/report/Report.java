package dev.coherence.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All comparisons of one scenario, in the order in which they are to be read. */
public record Report(List<Comparison> comparisons) {

    private static final String HEADER = """
            | case | unit | value | baseline | ratio | ratio, 95 % |
            | --- | --- | ---: | ---: | ---: | ---: |
            """;

    /** Copies the list. */
    public Report {
        comparisons = List.copyOf(comparisons);
    }

    /** A Markdown table with one line for each comparison; ends with a newline. */
    public String toMarkdown() {
        return comparisons.stream().map(Report::line).collect(Collectors.joining("", HEADER, ""));
    }

    private static String line(Comparison comparison) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.3f | %.3f to %.3f |%n",
                comparison.name(),
                comparison.unit(),
                number(comparison.value()),
                number(comparison.baseline()),
                comparison.ratio(),
                comparison.ratios().low(),
                comparison.ratios().high());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.3f" : "%,.0f", value);
    }

    /** A JSON list with one object for each comparison; ends with a newline. */
    public String toJson() {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(comparisons) + '\n';
        } catch (IOException e) {
            throw new IllegalStateException("Comparisons can always be written", e);
        }
    }

    /**
     * Writes the JSON list to a file, and creates its directory if that is missing.
     *
     * @throws IOException if the file system refuses
     */
    public void writeTo(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, toJson());
    }
}
