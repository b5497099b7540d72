package dev.coherence.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Plain Java objects that {@link Value#of} accepts. */
public final class RandomValues {
    private RandomValues() {}

    /** A scalar, list or map, nested up to the given depth. */
    public static Object java(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 6 : 10);
        return switch (kind) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2, 3 -> number(random);
            case 4, 5 -> random.nextInt(5) == 0 ? "" : RandomTexts.wellFormed(random, 12);
            case 6, 7 -> list(random, depth - 1);
            default -> map(random, depth - 1);
        };
    }

    private static List<Object> list(Random random, int depth) {
        List<Object> list = new ArrayList<>();
        for (int size = random.nextInt(4); size > 0; size--) {
            list.add(java(random, depth));
        }
        return list;
    }

    private static Map<String, Object> map(Random random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int size = random.nextInt(4); size > 0; size--) {
            map.put(random.nextInt(9) == 0 ? "" : RandomTexts.wellFormed(random, 5), java(random, depth));
        }
        return map;
    }

    private static Number number(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(3) - 1;
            case 1 -> random.nextLong();
            case 2 -> (short) random.nextInt();
            case 3 -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62)); // not infinite, not NaN
            case 4 -> random.nextFloat();
            case 5 -> new BigInteger(200, random).negate();
            case 6 -> new BigDecimal(new BigInteger(1 + random.nextInt(90), random), random.nextInt(120) - 60);
            default -> new BigDecimal(random.nextInt(2000) - 1000).movePointLeft(random.nextInt(4));
        };
    }
}
