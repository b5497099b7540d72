package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.Probe;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.revision.Revision;

/** Looks in one statement for the end of the store, and whether effects on an aggregate are unseen. */
final class Probes {

    private final Database database;
    private final Dialect dialect;
    private final StreamNames names;
    private final String lastNumber;
    private final String links;
    private final String effects;

    Probes(Database database, Dialect dialect, EventTable table, IndexTables tables, StreamNames names) {
        this.database = database;
        this.dialect = dialect;
        this.names = names;
        this.lastNumber =
                "SELECT (SELECT COALESCE(MAX(%s), 0) FROM %s), ".formatted(table.globalIndex(), table.table());
        this.links =
                "SELECT l.trigger_name AS name FROM %s l WHERE l.aggregate_identifier = ?".formatted(tables.links());
        this.effects = tables.effects();
    }

    Probe probe(Identity aggregate, Revision base) {
        Sql sql =
                Sql.of(lastNumber).add(base.position().isPresent() ? unseenEffects(aggregate, base) : Sql.of("FALSE"));
        return database.list(sql, row -> new Probe(row.getLong(1), row.getBoolean(2)))
                .get(0);
    }

    private Sql unseenEffects(Identity aggregate, Revision base) {
        Sql triggers = Sql.of(links, names.ofAggregate(aggregate))
                .add(" UNION ALL SELECT " + dialect.nameParameter(), aggregate.toString());
        return Sql.of("EXISTS (SELECT 1")
                .add(dialect.fromWhereIsAmong(effects, "f", "trigger_name", triggers))
                .addUnseen("f.sequence_number", base)
                .add(")");
    }
}
