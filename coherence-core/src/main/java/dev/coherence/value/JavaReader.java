package dev.coherence.value;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one Java object as a value. Depth and number of elements are checked on the way down, so that neither an object
 * that contains itself nor one that unfolds without end can exhaust the stack or the heap. For one use.
 */
final class JavaReader {

    private final String place;
    private final Deque<Object> steps = new ArrayDeque<>(); // keys and indexes down to where we are
    private int elements;

    JavaReader(String place) {
        this.place = place;
    }

    /** Recursion is safe: it goes no deeper than {@link Limits#MAX_DEPTH}. */
    Value read(@Nullable Object java) {
        if (java instanceof Value value) {
            return adopted(value);
        }
        if (java instanceof Map<?, ?> map) {
            return map(map);
        }
        if (java instanceof List<?> list) {
            return list(list);
        }
        if (isArrayOfElements(java)) {
            return list(elementsOf(java));
        }
        count(1);
        return scalar(java);
    }

    private Value scalar(@Nullable Object java) {
        if (java == null) {
            return Value.NULL;
        }
        if (java instanceof Boolean truth) {
            return new BooleanValue(truth);
        }
        if (java instanceof CharSequence text) {
            String copy = text.toString();
            return here(() -> new TextValue(copy));
        }
        if (java instanceof Number number) {
            return number(number);
        }
        throw refused(java);
    }

    private Value number(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return floating(number);
        }
        BigDecimal exact;
        if (number instanceof BigDecimal decimal) {
            exact = decimal;
        } else if (number instanceof BigInteger integer) {
            exact = new BigDecimal(integer);
        } else if (number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte) {
            exact = BigDecimal.valueOf(number.longValue());
        } else {
            throw refused(number);
        }
        return here(() -> new NumberValue(exact));
    }

    /** By what it prints as: 0.1f is meant as 0.1, not as the 0.100000001490116… that it is in binary. */
    private Value floating(Number number) {
        if (!Double.isFinite(number.doubleValue())) {
            throw new InvalidInputException(place(), number + " is not a JSON number; use null or a text");
        }
        return new NumberValue(new BigDecimal(number.toString()));
    }

    private Value list(List<?> list) {
        enter();
        List<Value> items = new ArrayList<>();
        for (Object item : list) {
            steps.addLast(items.size());
            items.add(read(item));
            steps.removeLast();
        }
        return new ListValue(items);
    }

    private Value map(Map<?, ?> map) {
        enter();
        Map<String, Value> entries = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = key(entry.getKey());
            steps.addLast(key);
            entries.put(key, read(entry.getValue()));
            steps.removeLast();
        }
        return new MapValue(entries);
    }

    private String key(@Nullable Object key) {
        if (key instanceof String text) {
            return WellFormed.entryKey(place(), text);
        }
        String type = key == null ? "null" : "of " + key.getClass().getTypeName();
        throw new InvalidInputException(place(), "has a key that is " + type + "; the keys of a map must be of String");
    }

    private void enter() {
        count(1);
        if (steps.size() >= Limits.MAX_DEPTH) {
            throw Extent.tooDeep(place);
        }
    }

    private Value adopted(Value value) {
        count(value.elements());
        if (steps.size() + value.depth() > Limits.MAX_DEPTH) {
            throw Extent.tooDeep(place);
        }
        return value;
    }

    private void count(int more) {
        if (more > Limits.MAX_ELEMENTS - elements) {
            throw Extent.tooLarge(place);
        }
        elements += more;
    }

    /** An array of bytes or chars means a blob or a text, not a list of numbers. */
    private static boolean isArrayOfElements(@Nullable Object java) {
        return java != null && java.getClass().isArray() && !(java instanceof byte[]) && !(java instanceof char[]);
    }

    private static List<@Nullable Object> elementsOf(@Nullable Object array) {
        return new AbstractList<>() {
            @Override
            public @Nullable Object get(int index) {
                return Array.get(array, index);
            }

            @Override
            public int size() {
                return Array.getLength(array);
            }
        };
    }

    private <T> T here(Supplier<T> making) {
        try {
            return making.get();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(place(), e.problem());
        }
    }

    private InvalidInputException refused(Object java) {
        return new InvalidInputException(
                place(),
                "an object of " + java.getClass().getTypeName() + " is not a JSON value; use null, a boolean, a number,"
                        + " a text, a list or a map (dates, enums, identifiers and bytes as text)");
    }

    private String place() {
        StringBuilder path = new StringBuilder(place);
        for (Object step : steps) {
            String shown = step instanceof String key ? InvalidInputException.quoted(key) : step.toString();
            path.append('[').append(shown).append(']');
        }
        return path.toString();
    }
}
