package dev.coherence.axon.jdbc;

import java.util.List;

/**
 * The names of the tables of the index. Their columns are fixed.
 *
 * @param triggers one row for each trigger that was ever locked; it exists to be locked. Not used on PostgreSQL
 * @param links which aggregate is linked to which trigger, since which sequence number
 * @param effects which effect fired which trigger
 * @param replays which request asks for the replay of what
 * @param state one row, which says how far the others are built from older events
 */
public record IndexTables(String triggers, String links, String effects, String replays, String state) {

    /** Returns the names that the shipped SQL files use. */
    public static IndexTables standard() {
        return new IndexTables(
                "coherence_trigger", "coherence_link", "coherence_effect", "coherence_replay", "coherence_index_state");
    }

    /** Returns the names of those that the index has in such a database. */
    public List<String> in(Dialect dialect) {
        return dialect == Dialect.POSTGRESQL
                ? List.of(links, effects, replays, state)
                : List.of(triggers, links, effects, replays, state);
    }
}
