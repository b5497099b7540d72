package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.Span;
import java.util.Collection;
import java.util.List;

/** The stored effects, of which replays want to know the last one on each trigger. */
final class EffectTable {

    private final Database database;
    private final String table;

    EffectTable(Database database, IndexTables tables) {
        this.database = database;
        this.table = tables.effects();
    }

    /** The number of the last effect on a trigger. */
    record Last(Identity trigger, long number) {}

    long count(Span span) {
        Sql sql = Sql.of("SELECT COUNT(*) FROM " + table + " f WHERE ").addWithin("f.sequence_number", span);
        return database.list(sql, row -> row.getLong(1)).get(0);
    }

    /** Returns triggers that effects in the span have fired, at most so many. */
    List<Last> last(Span span, int limit) {
        Sql sql = Sql.of("SELECT t.trigger_name, t.last FROM (")
                .add(selectLast(span))
                .add(") t LIMIT " + limit);
        return database.list(sql, row -> new Last(Identity.parse(row.getString(1)), row.getLong(2)));
    }

    /** Returns the kinds of the triggers that effects in the span have fired. */
    List<String> kindsOfTriggers(Span span) {
        Sql sql = Sql.of("SELECT DISTINCT " + printedKind("f") + " FROM " + table + " f WHERE ")
                .addWithin("f.sequence_number", span);
        return database.list(
                sql, row -> Identity.parse(row.getString(1) + ":any").kind());
    }

    /** Returns the kind of the trigger as it stands in its printed name, which is up to the first colon. */
    static String printedKind(String alias) {
        return "SUBSTRING(%1$s.trigger_name, 1, POSITION(':' IN %1$s.trigger_name) - 1)".formatted(alias);
    }

    /** Selects {@code trigger_name}, the {@code aggregate_identifier} that it names, and {@code last}. */
    Sql selectLast(Span span) {
        return selectLast().addWithin("f.sequence_number", span).add(GROUPS);
    }

    /** The same, of triggers that name one of the aggregates. */
    Sql selectLast(Span span, Collection<String> identifiers) {
        return selectLast()
                .addWithin("f.sequence_number", span)
                .add(" AND ")
                .addIn("f.aggregate_identifier", identifiers)
                .add(GROUPS);
    }

    private static final String GROUPS = " GROUP BY f.trigger_name, f.aggregate_identifier";

    private Sql selectLast() {
        return Sql.of("SELECT f.trigger_name, f.aggregate_identifier, MAX(f.sequence_number) AS last FROM " + table
                + " f WHERE ");
    }
}
