package dev.coherence.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON array. Immutable: the list is copied. Not a record only because it remembers its extent. */
public final class ListValue implements Value {

    private final List<Value> items;
    private final Extent extent;

    /**
     * @throws InvalidInputException if an item is null (use {@link Value#NULL}) or encrypted, or if it is nested deeper than
     *     {@link Limits#MAX_DEPTH}
     */
    public ListValue(List<? extends Value> items) {
        List<Value> copy = new ArrayList<>(WellFormed.present("value", items));
        for (int i = 0; i < copy.size(); i++) {
            checkIsClear("value[" + i + "]", copy.get(i));
        }
        this.items = Collections.unmodifiableList(copy);
        this.extent = Extent.around(copy);
    }

    private static void checkIsClear(String place, Value item) {
        if (WellFormed.present(place, item).isEncrypted()) {
            throw new InvalidInputException(
                    place, "is encrypted, which only a value at a path of its own can be; encrypt the list as a whole");
        }
    }

    /** The items in order; unmodifiable. */
    public List<Value> items() {
        return items;
    }

    @Override
    public List<@Nullable Object> toJava() {
        List<@Nullable Object> java = new ArrayList<>(items.size());
        items.forEach(item -> java.add(item.toJava()));
        return Collections.unmodifiableList(java);
    }

    @Override
    public String toJson() {
        return JsonText.of(this);
    }

    @Override
    public boolean isEncrypted() {
        return false;
    }

    @Override
    public ListValue masked() {
        return this;
    }

    @Override
    public int depth() {
        return extent.depth();
    }

    @Override
    public int elements() {
        return extent.elements();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof ListValue that && items.equals(that.items));
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    /** The canonical JSON text. */
    @Override
    public String toString() {
        return toJson();
    }
}
