package dev.coherence.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.benchmarks.report.Comparison;
import dev.coherence.benchmarks.report.Report;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Lets each scenario do the least that it can. The values say nothing; that it runs through says that every command did what
 * it should.
 */
class ScenariosTest {

    private static Report run(Scenario scenario) {
        return scenario.run(Effort.SMALLEST, step -> {});
    }

    private static List<String> cases(Report report) {
        return report.comparisons().stream().map(Comparison::name).toList();
    }

    @Test
    void have_names_that_can_be_file_names() {
        assertThat(Scenario.all())
                .extracting(Scenario::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z-]+"));
    }

    @Test
    void command_overhead_compares_every_case_with_plain_axon_on_both_databases() {
        Report report = run(new CommandOverhead());

        assertThat(cases(report))
                .containsExactlyElementsOf(Stream.of("PostgreSQL", "H2")
                        .flatMap(database -> Stream.of(
                                        "plain Axon",
                                        "coherence, no revision",
                                        "coherence, current version without position",
                                        "coherence, current revision",
                                        "coherence, stale by 10 disjoint events (merge)",
                                        "coherence, linked to 5 triggers")
                                .map(side -> database + ": " + side))
                        .toList());
        assertThat(report.comparisons()).extracting(Comparison::unit).containsOnly("commands/s");
        for (int i = 0; i < report.comparisons().size(); i++) {
            Comparison plainAxon = report.comparisons().get(i - i % CommandCase.values().length);
            assertThat(report.comparisons().get(i).baseline()).isEqualTo(plainAxon.value());
            assertThat(plainAxon.ratio()).isEqualTo(1);
        }
    }

    @Test
    void conflict_check_growth_compares_each_case_with_itself_on_the_shortest_history() {
        Report report = run(new ConflictCheckGrowth());

        assertThat(cases(report))
                .containsExactlyElementsOf(Stream.of(
                                "no revision",
                                "current revision",
                                "stale by 10 disjoint events (merge)",
                                "dispute reported, its base folded")
                        .flatMap(each -> Stream.of(2, 10, 20).map(events -> "%s, %d events".formatted(each, events)))
                        .toList());
        assertThat(report.comparisons()).extracting(Comparison::unit).containsOnly("ms/command");
        for (int i = 0; i < report.comparisons().size(); i++) {
            Comparison shortest = report.comparisons().get(i - i % 3);
            assertThat(report.comparisons().get(i).baseline()).isEqualTo(shortest.value());
            assertThat(shortest.ratio()).isEqualTo(1);
        }
    }

    @Test
    void effect_replay_compares_with_a_full_reset_with_the_smallest_store_and_with_catch_up() {
        Report report = run(new EffectReplay());

        assertThat(cases(report))
                .containsExactly(
                        "1 aggregate in 80 events: effect beside full reset",
                        "1 aggregate in 200 events: effect beside full reset",
                        "4 aggregates in 200 events: effect beside full reset",
                        "1 aggregate in 200 events: beside 80 events",
                        "4 aggregates in 200 events: beside catch-up by plain Axon",
                        "4 aggregates in 200 events, projection in memory: beside catch-up by plain Axon");
    }

    @Test
    void catch_up_overhead_compares_both_processors_with_plain_axon() {
        Report report = run(new CatchUpOverhead());

        assertThat(cases(report))
                .containsExactly(
                        "tracking processor, batches of 10: plain Axon",
                        "tracking processor, batches of 10: with replays",
                        "pooled processor, batches of 10: plain Axon",
                        "pooled processor, batches of 10: with replays");
        assertThat(report.comparisons()).extracting(Comparison::unit).containsOnly("events/s");
        assertThat(report.comparisons().get(1).baseline())
                .isEqualTo(report.comparisons().get(0).value());
    }

    @Test
    void live_lag_compares_each_share_with_no_replay() {
        Report report = run(new LiveLag());

        assertThat(cases(report))
                .containsExactly(
                        "no replay: half of the live events",
                        "no replay: 99 % of the live events",
                        "replay with share 0.5: half of the live events",
                        "replay with share 0.5: 99 % of the live events");
        assertThat(report.comparisons().get(3).baseline())
                .isEqualTo(report.comparisons().get(1).value());
    }

    @Test
    void large_replay_tells_of_lag_and_memory() {
        Report report = run(new LargeReplay());

        assertThat(report.comparisons()).extracting(Comparison::unit).containsExactly("ms", "ms", "MB", "MB");
    }
}
