package dev.coherence.revision;

import dev.coherence.value.WellFormed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sets of numbers as lists of ranges: ascending, disjoint, no two touching. No operation takes longer because the ranges
 * are longer.
 */
final class NumberRanges {

    private NumberRanges() {}

    static boolean contain(List<NumberRange> ranges, long number) {
        int low = 0;
        int high = ranges.size();
        while (low < high) { // every range before low ends before the number, none from high on does
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).last() < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < ranges.size() && ranges.get(low).first() <= number;
    }

    /** What of the given ranges, in any order, is not above {@code end}. */
    static List<NumberRange> upTo(long end, Collection<NumberRange> ranges) {
        List<NumberRange> below = new ArrayList<>(ranges.size());
        for (NumberRange range : ranges) {
            if (WellFormed.present("unseen", range).first() <= end) {
                below.add(new NumberRange(range.first(), Math.min(range.last(), end)));
            }
        }
        return below;
    }

    /** All numbers of both, which may come in any order and overlap. */
    static List<NumberRange> union(Collection<NumberRange> some, Collection<NumberRange> others) {
        List<NumberRange> all = new ArrayList<>(some);
        all.addAll(others);
        all.sort(Comparator.comparingLong(NumberRange::first));
        List<NumberRange> union = new ArrayList<>(all.size());
        for (NumberRange next : all) {
            int last = union.size() - 1;
            if (last >= 0 && next.first() - 1 <= union.get(last).last()) {
                NumberRange previous = union.get(last);
                union.set(last, new NumberRange(previous.first(), Math.max(previous.last(), next.last())));
            } else {
                union.add(next);
            }
        }
        return List.copyOf(union);
    }

    /** The ranges without the given numbers, which are ascending and may repeat. */
    static List<NumberRange> minus(List<NumberRange> ranges, long[] numbers) {
        List<NumberRange> rest = new ArrayList<>();
        int next = 0;
        for (NumberRange range : ranges) {
            long done = range.first() - 1; // inclusive, so that the greatest number of all has no successor to overflow
            for (; next < numbers.length && numbers[next] <= range.last(); next++) {
                if (numbers[next] - 1 > done) {
                    rest.add(new NumberRange(done + 1, numbers[next] - 1));
                }
                done = Math.max(done, numbers[next]);
            }
            if (done < range.last()) {
                rest.add(new NumberRange(done + 1, range.last()));
            }
        }
        return List.copyOf(rest);
    }

    /** At most {@code max} ranges, at least 1, that hold all numbers of the given ones and as few others as possible. */
    static List<NumberRange> joined(List<NumberRange> ranges, int max) {
        boolean[] joinedToNext = new boolean[ranges.size()];
        IntStream.range(0, ranges.size() - 1)
                .boxed()
                .sorted(Comparator.comparingLong(
                        i -> ranges.get(i + 1).first() - ranges.get(i).last()))
                .limit(ranges.size() - (long) max)
                .forEach(i -> joinedToNext[i] = true);
        List<NumberRange> joined = new ArrayList<>(max);
        int start = 0;
        for (int i = 0; i < ranges.size(); i++) {
            if (!joinedToNext[i]) {
                joined.add(
                        new NumberRange(ranges.get(start).first(), ranges.get(i).last()));
                start = i + 1;
            }
        }
        return List.copyOf(joined);
    }
}
