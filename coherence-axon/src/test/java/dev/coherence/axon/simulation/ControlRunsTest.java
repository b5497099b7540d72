package dev.coherence.axon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Identity;
import dev.coherence.axon.simulation.Setup.Group;
import dev.coherence.axon.simulation.Setup.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The simulation can fail: with plain Axon, and with ours where a rule is left out, some runs do. */
class ControlRunsTest {

    private static final int TRIES = 200;
    private static final int AT_A_TIME = 10;

    /** What a projection says of an event that is among those it had handled before: "books handled 2 of book:b1 after [0, 1, 2]". */
    private static final Pattern AGAIN = Pattern.compile("handled (\\w+) of (\\S+) after \\[(.+, )?\\1[,\\]]");

    /** What the trace of a run says of an event: " 81 node0.0 (thread-1) REGULAR 2 of book:b1 for books at 2@9, after [0, 1, 2]". */
    private static final Pattern HANDLED = Pattern.compile(" (node\\S+) .* (\\w+) of (\\S+) for .*, after \\[(.*)]");

    private static final Pattern COMMIT = Pattern.compile(" driver .*End\\[transaction=(\\d+), commit=true");

    /**
     * An event that was handled, and handled again.
     *
     * @param before what happened before it was handled
     * @param between what happened from then on until it was handled again
     * @param nodeAgain that handled it again
     */
    private record Twice(List<String> before, List<String> between, String nodeAgain) {

        /** The first event that a description of a failed run complains of. */
        static Optional<Twice> in(String description) {
            Matcher again = AGAIN.matcher(description);
            return again.find()
                    ? Optional.of(of(
                            again.group(1), again.group(2), description.lines().toList()))
                    : Optional.empty();
        }

        private static Twice of(String version, String aggregate, List<String> trace) {
            int first = -1;
            for (int i = 0; i < trace.size(); i++) {
                Matcher handled = HANDLED.matcher(trace.get(i));
                if (handled.find()
                        && handled.group(2).equals(version)
                        && handled.group(3).equals(aggregate)) {
                    if (List.of(handled.group(4).split(", ")).contains(version)) {
                        return new Twice(trace.subList(0, first), trace.subList(first + 1, i), handled.group(1));
                    }
                    first = i;
                }
            }
            throw new AssertionError("%s of %s is not in%n%s".formatted(version, aggregate, trace));
        }

        private static boolean has(List<String> trace, String... parts) {
            return trace.stream().anyMatch(line -> Stream.of(parts).allMatch(line::contains));
        }

        /** A transaction was open when the event was handled, and had committed when it was handled again. */
        boolean isAfterAFilledNumber() {
            return between.stream()
                    .map(COMMIT::matcher)
                    .anyMatch(commit -> commit.find() && has(before, "Open[transaction=" + commit.group(1) + ","));
        }

        /** The segments had not come equally far: then Axon would store no merge. */
        boolean isAfterAMerge() {
            return has(between, "deleteToken [") && has(between, "storeToken [MergedTrackingToken{");
        }

        /** Another node has split the segment 0 into 0 and 1, and then the node has gone on with the 0 that it knew. */
        boolean isByASegmentThatWasSplit() {
            return has(before, "initializeSegment [", "projections, 1]")
                    && !has(before, nodeAgain + " ", "initializeSegment [")
                    && has(between, nodeAgain + " ", "fetchToken [projections, 0]");
        }
    }

    @Nested
    class A_number_that_is_filled_late {

        private static Schedule schedule(long seed) {
            return Schedule.ofPlain(seed, Kind.POOLED, Set.of(Step.Merge.class, Step.Split.class));
        }

        @Test
        void makes_plain_axon_handle_events_twice() {
            assertThat(twice(A_number_that_is_filled_late::schedule, Variant.PLAIN, Twice::isAfterAFilledNumber))
                    .isNotEmpty();
        }

        @Test
        void does_no_harm_to_ours() {
            assertThat(runs(A_number_that_is_filled_late::schedule, Variant.OURS)
                            .of(seeds(1, 40)))
                    .isEmpty();
        }
    }

    /** No number is filled late here, and nothing is split: what is handled again is the half that was ahead. */
    @Nested
    class A_merge_of_unequal_segments {

        private static Schedule schedule(long seed) {
            return Schedule.ofPlain(
                    seed, Kind.POOLED, Set.of(Step.Open.class, Step.Split.class, Step.Crash.class, Step.Kill.class));
        }

        @Test
        void makes_plain_axon_handle_events_twice() {
            assertThat(twice(A_merge_of_unequal_segments::schedule, Variant.PLAIN, Twice::isAfterAMerge))
                    .isNotEmpty();
        }

        @Test
        void does_no_harm_to_ours() {
            assertThat(runs(A_merge_of_unequal_segments::schedule, Variant.OURS).of(seeds(1, 20)))
                    .isEmpty();
        }
    }

    @Test
    void without_rule_b_events_are_handled_twice() {
        assertThat(twice(seed -> Schedule.of(seed, Kind.POOLED), Variant.OURS_WITHOUT_RULE_B, twice -> true))
                .isNotEmpty();
    }

    @Nested
    class A_node_that_waits_after_an_error_while_another_splits_its_segment {

        @Test
        void makes_plain_axon_handle_events_twice() {
            assertThat(twice(ControlRunsTest::lostSegment, Variant.PLAIN, Twice::isByASegmentThatWasSplit))
                    .isNotEmpty();
        }

        @Test
        void does_no_harm_to_ours() {
            assertThat(runs(ControlRunsTest::lostSegment, Variant.OURS).of(seeds(1, AT_A_TIME)))
                    .isEmpty();
        }
    }

    /** The first node goes on with the whole segment, and takes the new one as well. */
    private static Schedule lostSegment(long seed) {
        Random random = new Random(seed);
        List<Identity> books = IntStream.range(0, 8)
                .mapToObj(i -> Identity.of("book", "b" + i))
                .toList();
        Setup setup = new Setup(
                Kind.TRACKING,
                2,
                1,
                1 + random.nextInt(5),
                0.5,
                1,
                false,
                false,
                List.of(new Group("books", true, false)),
                books,
                List.of(Identity.of("key", "k0")));
        Step.Append append = new Step.Append(books.stream()
                .<Write>map(book -> new Write.Act(book, Set.of(), false))
                .toList());
        return new Schedule(
                seed,
                setup,
                List.of(),
                List.of(
                        new Step.Stop(1),
                        append,
                        new Step.Pause(400),
                        new Step.Start(1),
                        new Step.Fail(0, 0),
                        append,
                        new Step.Pause(350),
                        new Step.Split(1, 0),
                        new Step.Stop(1),
                        append,
                        new Step.Pause(700),
                        append));
    }

    /** Tries until an event was handled again by a group that had it already, and for this reason; but not for ever. */
    private static List<Twice> twice(LongFunction<Schedule> schedules, Variant variant, Predicate<Twice> reason) {
        Runs runs = runs(schedules, variant);
        List<Twice> found = new ArrayList<>();
        for (long first = 1; first <= TRIES && found.isEmpty(); first += AT_A_TIME) {
            runs.of(seeds(first, AT_A_TIME)).stream()
                    .flatMap(failure -> Twice.in(failure.description()).stream())
                    .filter(reason)
                    .forEach(found::add);
        }
        return found;
    }

    private static Runs runs(LongFunction<Schedule> schedules, Variant variant) {
        return new Runs("control", schedules, variant, MemoryPlace::new, AT_A_TIME);
    }

    private static List<Long> seeds(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }
}
