package dev.coherence.benchmarks;

import dev.coherence.benchmarks.scenario.Effort;
import dev.coherence.benchmarks.scenario.Scenario;
import java.util.List;
import java.util.stream.Collectors;

/** What the command line asks for. */
record Arguments(Scenario scenario, Effort effort) {

    private static final String QUICK = "--quick";

    /**
     * Reads one name of a scenario and, before or after it, {@code --quick}.
     *
     * @throws UsageException if that is not what stands there
     */
    static Arguments parse(List<String> arguments, List<Scenario> scenarios) throws UsageException {
        List<String> names =
                arguments.stream().filter(argument -> !argument.equals(QUICK)).toList();
        for (String name : names) {
            if (name.startsWith("-")) {
                throw new UsageException("There is no option " + name + ".");
            }
        }
        if (names.isEmpty()) {
            throw new UsageException("The name of a scenario is missing.");
        }
        if (names.size() > 1) {
            throw new UsageException(
                    "One scenario at a time, not %d: %s.".formatted(names.size(), String.join(", ", names)));
        }
        String name = names.get(0);
        Scenario scenario = scenarios.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("There is no scenario " + name + "."));
        return new Arguments(scenario, arguments.contains(QUICK) ? Effort.QUICK : Effort.FULL);
    }

    /** What the command line has to look like; ends with a newline. */
    static String usage(List<Scenario> scenarios) {
        return scenarios.stream()
                .map(scenario -> "  %-24s %s%n".formatted(scenario.name(), scenario.description()))
                .collect(Collectors.joining(
                        "",
                        "usage: benchmarks/run SCENARIO [%s]%n%nscenarios:%n".formatted(QUICK),
                        "%n%s ends within three minutes, and gives rougher figures.%n".formatted(QUICK)));
    }
}
