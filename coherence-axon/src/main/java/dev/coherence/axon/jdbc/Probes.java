package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.Probe;
import dev.coherence.axon.index.ReadState;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.revision.Revision;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Looks for the end of the store, and whether effects on an aggregate are unseen. A first look takes everything above the
 * lowest position that the base has not seen for unseen, so that its text is the same for all bases, and the database can
 * keep its plan; only if it finds something is the base looked at in detail.
 */
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

    Probe probe(ReadState read) {
        return refined(read, database.list(first(read), Probes::read).get(0));
    }

    /** Returns the statement of the first look, whose one row {@link #read} reads. */
    Sql first(ReadState read) {
        Revision base = read.base();
        long position = base.unseen().isEmpty()
                ? base.position().orElse(0)
                : base.unseen().get(0).first() - 1;
        return statement(read.aggregate(), base, Revision.at(position));
    }

    static Probe read(ResultSet row) throws SQLException {
        return new Probe(row.getLong(1), row.getBoolean(2));
    }

    /** Returns what is exactly so, after a first look. */
    Probe refined(ReadState read, Probe first) {
        return first.unseenEffects() && !read.base().unseen().isEmpty()
                ? database.list(statement(read.aggregate(), read.base(), read.base()), Probes::read)
                        .get(0)
                : first;
    }

    private Sql statement(Identity aggregate, Revision base, Revision seen) {
        return Sql.of(lastNumber).add(base.position().isPresent() ? unseenEffects(aggregate, seen) : Sql.of("FALSE"));
    }

    private Sql unseenEffects(Identity aggregate, Revision seen) {
        Sql triggers = Sql.of(links, names.ofAggregate(aggregate))
                .add(" UNION ALL SELECT " + dialect.nameParameter(), aggregate.toString());
        return Sql.of("EXISTS (SELECT 1")
                .add(dialect.fromWhereIsAmong(effects, "f", "trigger_name", triggers))
                .addUnseen("f.sequence_number", seen)
                .add(")");
    }
}
