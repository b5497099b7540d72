package dev.coherence.benchmarks.scenario;

import dev.coherence.benchmarks.report.Report;
import java.util.List;
import java.util.function.Consumer;

/** Something that is measured on the whole, in one run. */
public interface Scenario {

    /** Returns all that there are, in the order in which they are listed. */
    static List<Scenario> all() {
        return List.of(
                new CommandOverhead(),
                new ConflictCheckGrowth(),
                new EffectReplay(),
                new CatchUpOverhead(),
                new LiveLag(),
                new LargeReplay());
    }

    /** Returns the name by which it is asked for; a file name as well. */
    String name();

    /** Returns in one sentence what is compared with what. */
    String description();

    /** Measures, and meanwhile says what it does. */
    Report run(Effort effort, Consumer<String> progress);
}
