package dev.coherence.axon.jdbc;

/**
 * The names of the tables of the index. Their columns are fixed.
 *
 * @param triggers one row for each trigger that was ever locked; it exists to be locked
 * @param links which aggregate is linked to which trigger, since which sequence number
 * @param effects which effect fired which trigger
 */
public record IndexTables(String triggers, String links, String effects) {

    /** Returns the names that the shipped SQL files use. */
    public static IndexTables standard() {
        return new IndexTables("coherence_trigger", "coherence_link", "coherence_effect");
    }
}
