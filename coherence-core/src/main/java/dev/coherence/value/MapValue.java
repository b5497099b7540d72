package dev.coherence.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A JSON object. Immutable: the map is copied. Not a record only because it remembers its extent. */
public final class MapValue implements Value {

    private static final MapValue EMPTY = new MapValue(Map.of());

    private final SortedMap<String, Value> entries;
    private final Extent extent;

    /**
     * @throws InvalidInputException if a key or value is null (use {@link Value#NULL}), if a key is longer than
     *     {@link Limits#MAX_KEY_LENGTH}, has an unpaired surrogate or is {@link EncryptedValue#RESERVED}, or if it is
     *     nested deeper than {@link Limits#MAX_DEPTH}
     */
    public MapValue(Map<String, ? extends Value> entries) {
        SortedMap<String, Value> copy = new TreeMap<>(); // by code unit, whatever order the given map has
        WellFormed.present("value", entries).forEach((key, value) -> {
            WellFormed.entryKey("value", WellFormed.present("value[key]", key));
            checkIsFree(key);
            copy.put(key, present(key, value));
        });
        this.entries = Collections.unmodifiableSortedMap(copy);
        this.extent = Extent.around(copy.values());
    }

    private static void checkIsFree(String key) {
        if (key.equals(EncryptedValue.RESERVED)) {
            throw new InvalidInputException(
                    "value[\"" + key + "\"]", "is reserved for encrypted values; give the entry another key");
        }
    }

    /** The map without entries. */
    public static MapValue empty() {
        return EMPTY;
    }

    /** The entries, in order of their keys' UTF-16 code units; unmodifiable. */
    public SortedMap<String, Value> entries() {
        return entries;
    }

    @Override
    public Map<String, @Nullable Object> toJava() {
        Map<String, @Nullable Object> java = new LinkedHashMap<>();
        entries.forEach((key, value) -> java.put(key, value.toJava()));
        return Collections.unmodifiableMap(java);
    }

    @Override
    public String toJson() {
        return JsonText.of(this);
    }

    @Override
    public boolean isEncrypted() {
        return extent.isEncrypted();
    }

    @Override
    public Value masked() {
        if (!isEncrypted()) {
            return this;
        }
        Map<String, Value> masked = new TreeMap<>(entries);
        masked.replaceAll((key, value) -> value.masked());
        return new MapValue(masked);
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
        return this == other || (other instanceof MapValue that && entries.equals(that.entries));
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** The canonical JSON text. */
    @Override
    public String toString() {
        return toJson();
    }

    private static Value present(String key, @Nullable Value value) {
        if (value == null) {
            throw new InvalidInputException(
                    "value[" + InvalidInputException.quoted(key) + "]", "is missing; a JSON null is Value.NULL");
        }
        return value;
    }
}
