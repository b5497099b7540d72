package dev.coherence.value;

import java.util.Collection;

/** How deep and how large a list or map is, and whether anything in it is encrypted; kept with it, so that asking costs no second walk. */
record Extent(int depth, int elements, boolean isEncrypted) {

    /**
     * Of a list or map around the given values.
     *
     * @throws InvalidInputException with place {@code value}, if it is deeper than {@link Limits#MAX_DEPTH}
     */
    static Extent around(Collection<? extends Value> children) {
        int depth = 0;
        long elements = 1;
        boolean encrypted = false;
        for (Value child : children) {
            depth = Math.max(depth, child.depth());
            elements += child.elements();
            encrypted |= child.isEncrypted();
        }
        if (depth >= Limits.MAX_DEPTH) {
            throw tooDeep("value");
        }
        // A value may hold another many times, so a small object can be a value of more elements than any int counts.
        return new Extent(depth + 1, (int) Math.min(elements, Integer.MAX_VALUE), encrypted);
    }

    static InvalidInputException tooDeep(String place) {
        return new InvalidInputException(
                place,
                "lists and maps are nested deeper than " + Limits.MAX_DEPTH + " levels (does it contain itself?);"
                        + " make it flatter");
    }

    static InvalidInputException tooLarge(String place) {
        return new InvalidInputException(
                place, "holds more than " + Limits.MAX_ELEMENTS + " values; split it over several patches");
    }
}
