package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.Probe;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.revision.Revision;

/** Looks in one statement for the end of the store, and whether effects on an aggregate are unseen. */
final class Probes {

    private final Database database;
    private final StreamNames names;
    private final String lastNumber;
    private final String effectOnTrigger;
    private final String effectOnLink;

    Probes(Database database, EventTable table, IndexTables tables, StreamNames names) {
        this.database = database;
        this.names = names;
        this.lastNumber = "SELECT (SELECT COALESCE(MAX(%s), 0) FROM %s)".formatted(table.globalIndex(), table.table());
        this.effectOnTrigger =
                "EXISTS (SELECT 1 FROM %s f WHERE f.trigger_name = ? AND ".formatted(tables.effects());
        this.effectOnLink = """
                EXISTS (SELECT 1 FROM %s l JOIN %s f ON f.trigger_name = l.trigger_name
                WHERE l.aggregate_identifier = ? AND """.formatted(tables.links(), tables.effects());
    }

    Probe probe(Identity aggregate, Revision base) {
        Sql sql = Sql.of(lastNumber + ", ");
        if (base.position().isEmpty()) {
            sql.add("FALSE");
        } else {
            sql.add(effectOnTrigger, aggregate.toString())
                    .addUnseen("f.sequence_number", base)
                    .add(") OR ")
                    .add(effectOnLink, names.ofAggregate(aggregate))
                    .addUnseen("f.sequence_number", base)
                    .add(")");
        }
        return database.list(sql, row -> new Probe(row.getLong(1), row.getBoolean(2)))
                .get(0);
    }
}
