package dev.coherence.axon.payload;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Limits;
import dev.coherence.value.ListValue;
import dev.coherence.value.MapValue;
import dev.coherence.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes through one event. Knows at each moment where in the event it is, and stops before an object that contains itself, or
 * that unfolds without end, exhausts stack or heap. For one use by one thread.
 */
final class Walk {

    private final String root;
    private final FoundRecords records;
    private final Deque<Object> steps = new ArrayDeque<>(); // components, keys and indexes down to where we are
    private int elements;

    Walk(Class<?> root, FoundRecords records) {
        this.root = root.getTypeName();
        this.records = records;
    }

    /** The forms of records whose class nobody knew before. */
    FoundRecords records() {
        return records;
    }

    /** The value of what is inside of the object that the walk is at; JSON null for nothing. */
    Value child(Object step, Form form, @Nullable Object child) {
        Object content = Content.of(child);
        return into(step, () -> content == null ? scalar(null) : form.of(content, this));
    }

    /**
     * Goes one step into what the walk is at, and back when {@code inside} is through.
     *
     * @param step a {@link Component}, the text of a key, or an index
     */
    <T> T into(Object step, Supplier<T> inside) {
        if (steps.size() > Limits.MAX_DEPTH) {
            throw refused(
                    "nests deeper than " + Limits.MAX_DEPTH + " levels (does it contain itself?); make it flatter");
        }
        steps.addLast(step);
        T result = inside.get();
        steps.removeLast();
        return result;
    }

    /** The value of something that {@link Value#of} takes. */
    Value scalar(@Nullable Object java) {
        count();
        return here(() -> Value.of(java));
    }

    Value list(List<Value> items) {
        count();
        return here(() -> new ListValue(items));
    }

    Value map(Map<String, Value> entries) {
        count();
        return here(() -> new MapValue(entries));
    }

    /** Counting begins anew: the limit is one of single values. */
    void beginValue() {
        elements = 0;
    }

    private void count() {
        elements++;
        if (elements > Limits.MAX_ELEMENTS) {
            throw refused("holds more than " + Limits.MAX_ELEMENTS + " values; split it over several events");
        }
    }

    private <T> T here(Supplier<T> making) {
        try {
            return making.get();
        } catch (InvalidInputException e) {
            throw refused(e.problem());
        }
    }

    /** What is at this place breaks a rule. */
    InvalidInputException refused(String problem) {
        StringBuilder place = new StringBuilder(root);
        for (Object step : steps) {
            if (step instanceof Component component) {
                place.append('.').append(component.name());
            } else if (step instanceof String key) {
                place.append('[').append(InvalidInputException.quoted(key)).append(']');
            } else {
                place.append('[').append(step).append(']');
            }
        }
        return new InvalidInputException(place.toString(), problem);
    }
}
