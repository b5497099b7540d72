package dev.coherence.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Does at random what can be done with a revision, beside a plain set of the numbers that it must have seen. */
class RevisionCoverageTest {
    private static final int UNIVERSE = 24;

    @Test
    void a_revision_has_seen_what_a_set_of_numbers_says() {
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            Walk walk = new Walk(random);
            for (int step = 0; step < 25; step++) {
                String done = walk.step();
                walk.check("seed %d, step %d: %s".formatted(seed, step, done));
            }
        }
    }

    private static final class Walk {
        private final Random random;
        private final Set<Long> seen = new TreeSet<>();
        private Long version;
        private Revision revision;

        Walk(Random random) {
            this.random = random;
            long position = random.nextInt(UNIVERSE);
            LongStream.rangeClosed(1, position).forEach(seen::add);
            revision = Revision.at(position);
        }

        String step() {
            return switch (random.nextInt(8)) {
                case 0, 1, 2 -> plusSeen();
                case 3, 4 -> withUnseen();
                case 5 -> coarsened();
                case 6 -> withVersion();
                default -> withoutVersion();
            };
        }

        private String plusSeen() {
            List<Long> numbers =
                    random.longs(random.nextInt(5), 1, UNIVERSE + 1).boxed().toList();
            revision = revision.plusSeen(numbers);
            seen.addAll(numbers);
            return "plusSeen " + numbers;
        }

        private String withUnseen() {
            List<NumberRange> ranges = new ArrayList<>();
            for (int count = random.nextInt(3); count > 0; count--) {
                long first = random.nextLong(1, UNIVERSE + 1L);
                ranges.add(new NumberRange(first, first + random.nextInt(4)));
            }
            revision = revision.withUnseen(ranges);
            seen.removeIf(number -> ranges.stream().anyMatch(range -> range.contains(number)));
            return "withUnseen " + ranges;
        }

        private String coarsened() {
            int max = random.nextInt(4);
            List<NumberRange> before = revision.unseen();
            revision = revision.coarsened(max);
            Set<Long> kept = LongStream.rangeClosed(1, UNIVERSE)
                    .boxed()
                    .filter(revision::seesNumber)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(revision.unseen()).hasSizeLessThanOrEqualTo(max);
            assertThat(seen).as("coarsened %d claims no more", max).containsAll(kept);
            if (max > 0) {
                assertThat((long) seen.size() - kept.size())
                        .as("numbers that coarsened %d gives up of %s", max, before)
                        .isEqualTo(fewestToGiveUp(before, max));
            }
            seen.retainAll(kept);
            return "coarsened " + max;
        }

        private static long fewestToGiveUp(List<NumberRange> ranges, int max) {
            List<Long> gaps = new ArrayList<>();
            for (int i = 1; i < ranges.size(); i++) {
                gaps.add(ranges.get(i).first() - ranges.get(i - 1).last() - 1);
            }
            return gaps.stream()
                    .sorted()
                    .limit(Math.max(0, ranges.size() - max))
                    .mapToLong(Long::longValue)
                    .sum();
        }

        private String withVersion() {
            version = (long) random.nextInt(9);
            revision = revision.withVersion(version);
            return "withVersion " + version;
        }

        private String withoutVersion() {
            version = null;
            revision = revision.withoutVersion();
            return "withoutVersion";
        }

        void check(String step) {
            for (long number = -1; number < UNIVERSE + 3; number++) {
                assertThat(revision.seesNumber(number))
                        .as("%s, number %d", step, number)
                        .isEqualTo(seen.contains(number));
            }
            Revision direct = Revision.at(0).plusSeen(seen);
            assertThat(revision).as(step).isEqualTo(version == null ? direct : direct.withVersion(version));
            assertThat(Revision.parse(revision.toString())).as(step).isEqualTo(revision);
            assertThat(revision.version().isPresent()).as(step).isEqualTo(version != null);
            checkCanonical(step);
        }

        private void checkCanonical(String step) {
            long end = -1;
            for (NumberRange range : revision.unseen()) {
                assertThat(range.first()).as(step).isGreaterThan(end + 1);
                end = range.last();
            }
            assertThat(end).as(step).isLessThan(revision.position().orElseThrow());
        }
    }
}
