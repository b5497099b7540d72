package dev.coherence.axon.jdbc;

import static java.util.stream.Collectors.joining;

import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.index.Span;
import dev.coherence.axon.storage.StreamNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stored requests for replays. What concerns none of the given processing groups is left out everywhere. */
final class RequestTable {

    private final Database database;
    private final EventTable events;
    private final String table;

    RequestTable(Database database, EventTable events, IndexTables tables) {
        this.database = database;
        this.events = events;
        this.table = tables.replays();
    }

    /** A request for the aggregate, or for all of the kind if there is no identifier. */
    record Row(
            long number,
            String reason,
            String kind,
            @Nullable String identifier,
            List<String> groups) {

        private static Row read(ResultSet row) throws SQLException {
            String groups = row.getString(5);
            return new Row(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    groups == null ? List.of() : List.of(groups.substring(1).split("\n")));
        }
    }

    /** The stream of an aggregate that somebody asked for. */
    record Named(String kind, String identifier) {}

    /** Stores the request, whose event was appended in this transaction. */
    void record(String eventIdentifier, ReplayRequested request, StreamNames names) {
        Sql sql = Sql.of(
                "INSERT INTO %s (sequence_number, reason, kind, aggregate_identifier, processing_groups) SELECT e.%s, ?, ?"
                        .formatted(table, events.globalIndex()),
                request.reason(),
                request.kind());
        request.aggregate()
                .ifPresentOrElse(aggregate -> sql.add(", ?", names.ofAggregate(aggregate)), () -> sql.add(", NULL"));
        String groups = printed(request.groups());
        if (groups == null) {
            sql.add(", NULL");
        } else {
            sql.add(", ?", groups);
        }
        sql.add(
                " FROM %s e WHERE e.%s = ? AND NOT EXISTS (SELECT 1 FROM %s r WHERE r.sequence_number = e.%s)"
                        .formatted(events.table(), events.eventIdentifier(), table, events.globalIndex()),
                eventIdentifier);
        database.update(sql);
    }

    /** Returns the groups as they are stored; null if there are none. */
    static @Nullable String printed(List<String> groups) {
        return groups.isEmpty() ? null : groups.stream().collect(joining("\n", "\n", "\n"));
    }

    long count(Span span, Set<String> groups) {
        Sql sql = Sql.of("SELECT COUNT(*)").add(fromWhere(span, groups));
        return database.list(sql, row -> row.getLong(1)).get(0);
    }

    /** Returns the kinds of which all aggregates are asked for. */
    List<String> wholeKinds(Span span, Set<String> groups) {
        Sql sql = Sql.of("SELECT DISTINCT r.kind")
                .add(fromWhere(span, groups))
                .add(" AND r.aggregate_identifier IS NULL");
        return database.list(sql, row -> row.getString(1));
    }

    /** Returns the kinds of the aggregates that are asked for one by one. */
    List<String> kindsOfNamed(Span span, Set<String> groups) {
        Sql sql = Sql.of("SELECT DISTINCT r.kind")
                .add(fromWhere(span, groups))
                .add(" AND r.aggregate_identifier IS NOT NULL");
        return database.list(sql, row -> row.getString(1));
    }

    /** Returns aggregates that are asked for one by one, at most so many. */
    List<Named> named(Span span, Set<String> groups, int limit) {
        Sql sql = selectNamed(span, groups).add(" LIMIT " + limit);
        return database.list(sql, row -> new Named(row.getString(1), row.getString(2)));
    }

    /** Selects {@code kind} and {@code aggregate_identifier} of all aggregates that are asked for one by one. */
    Sql selectNamed(Span span, Set<String> groups) {
        return Sql.of("SELECT DISTINCT r.kind, r.aggregate_identifier")
                .add(fromWhere(span, groups))
                .add(" AND r.aggregate_identifier IS NOT NULL");
    }

    /** Returns the requests for whole kinds, and those for the aggregates with these identifiers. */
    List<Row> forAnyOf(Collection<String> identifiers, Span span, Set<String> groups) {
        Sql sql = Sql.of("SELECT r.sequence_number, r.reason, r.kind, r.aggregate_identifier, r.processing_groups")
                .add(fromWhere(span, groups))
                .add(" AND (r.aggregate_identifier IS NULL OR ")
                .addIn("r.aggregate_identifier", identifiers)
                .add(")");
        return database.list(sql, Row::read);
    }

    private Sql fromWhere(Span span, Set<String> groups) {
        Sql sql = Sql.of(" FROM " + table + " r WHERE ")
                .addWithin("r.sequence_number", span)
                .add(" AND ");
        if (groups.isEmpty()) {
            return sql.add("1 = 0");
        }
        sql.add("(r.processing_groups IS NULL");
        groups.forEach(group -> sql.add(" OR POSITION(? IN r.processing_groups) > 0", "\n" + group + "\n"));
        return sql.add(")");
    }
}
