package dev.coherence.axon.token;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** All pairs of a universe, each value with its claims, which are worked out once. */
record Pairs<T>(List<T> values, List<Set<String>> claims) {

    Pairs(List<T> values, Function<T, Set<String>> claims) {
        this(values, values.stream().map(claims).toList());
    }

    interface Check<T> {
        void check(T one, Set<String> its, T other, Set<String> others);
    }

    void each(Check<T> law) {
        for (int i = 0; i < values.size(); i++) {
            for (int j = 0; j < values.size(); j++) {
                law.check(values.get(i), claims.get(i), values.get(j), claims.get(j));
            }
        }
    }

    /** Each covers itself; and what one covers covers nothing that the one does not. */
    static <T> void assertPreorder(List<T> values, BiPredicate<T, T> covers) {
        BitSet[] covered = new BitSet[values.size()];
        for (int i = 0; i < covered.length; i++) {
            covered[i] = new BitSet();
            for (int j = 0; j < covered.length; j++) {
                covered[i].set(j, covers.test(values.get(i), values.get(j)));
            }
            if (!covered[i].get(i)) {
                throw new AssertionError(values.get(i) + " does not cover itself");
            }
        }
        for (int i = 0; i < covered.length; i++) {
            int one = i;
            covered[i].stream().forEach(other -> {
                BitSet more = (BitSet) covered[other].clone();
                more.andNot(covered[one]);
                if (!more.isEmpty()) {
                    throw new AssertionError("%s covers %s, which covers %s, which the first does not"
                            .formatted(values.get(one), values.get(other), values.get(more.nextSetBit(0))));
                }
            });
        }
    }
}
