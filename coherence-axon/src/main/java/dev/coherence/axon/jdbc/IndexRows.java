package dev.coherence.axon.jdbc;

import dev.coherence.axon.jdbc.IndexRow.Effect;
import dev.coherence.axon.jdbc.IndexRow.Link;
import dev.coherence.axon.jdbc.IndexRow.LinkKey;
import dev.coherence.axon.jdbc.IndexRow.Request;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes rows of the index as they are, for those who build and verify it. */
final class IndexRows {

    /** The number of rows read at once. */
    static final int PAGE_SIZE = 500;

    private final Database database;
    private final EventTable events;
    private final IndexTables tables;

    IndexRows(Database database, EventTable events, IndexTables tables) {
        this.database = database;
        this.events = events;
        this.tables = tables;
    }

    /** The first event of an aggregate. */
    record First(String identifier, long number, @Nullable String type) {}

    /** Returns all links of the aggregates. */
    List<Link> links(Collection<String> identifiers) {
        return inChunks(
                identifiers,
                some -> database.list(
                        selectLinks().add(" WHERE ").addIn("aggregate_identifier", some), IndexRows::link));
    }

    Map<Long, Effect> effects(Collection<Long> numbers) {
        return byNumber(inChunks(
                numbers,
                some -> database.list(
                        selectEffects().add(" WHERE ").addIn("sequence_number", some), IndexRows::effect)));
    }

    Map<Long, Request> requests(Collection<Long> numbers) {
        return byNumber(inChunks(
                numbers,
                some -> database.list(
                        selectRequests().add(" WHERE ").addIn("sequence_number", some), IndexRows::request)));
    }

    /** Returns the first events of the aggregates, as far as they are there. */
    Map<String, First> firsts(Collection<String> identifiers) {
        Sql select = Sql.of("SELECT %s, %s, %s FROM %s WHERE %s = 0 AND "
                .formatted(
                        events.aggregateIdentifier(),
                        events.globalIndex(),
                        events.type(),
                        events.table(),
                        events.sequenceNumber()));
        Map<String, First> firsts = new HashMap<>();
        inChunks(
                        identifiers,
                        some -> database.list(
                                Sql.of("").add(select).addIn(events.aggregateIdentifier(), some),
                                row -> new First(row.getString(1), row.getLong(2), row.getString(3))))
                .forEach(first -> firsts.put(first.identifier(), first));
        return firsts;
    }

    /** Returns the next links in the order of their keys. */
    List<Link> linksAbove(LinkKey last) {
        return database.list(
                selectLinks()
                        .add(
                                " WHERE aggregate_identifier > ? OR (aggregate_identifier = ? AND trigger_name > ?)",
                                last.identifier(),
                                last.identifier(),
                                last.trigger())
                        .add(" ORDER BY aggregate_identifier, trigger_name LIMIT " + PAGE_SIZE),
                IndexRows::link);
    }

    List<Effect> effectsAbove(long number) {
        return database.list(above(selectEffects(), number), IndexRows::effect);
    }

    List<Request> requestsAbove(long number) {
        return database.list(above(selectRequests(), number), IndexRows::request);
    }

    private static Sql above(Sql select, long number) {
        return select.add(" WHERE sequence_number > ? ORDER BY sequence_number LIMIT " + PAGE_SIZE, number);
    }

    void insertLinks(List<Link> rows) {
        database.updateAll(rows.stream()
                .map(row -> insert(
                        tables.links(),
                        "aggregate_identifier, trigger_name, sequence_number, aggregate_number, aggregate_type",
                        row.identifier(),
                        row.trigger(),
                        row.number(),
                        row.aggregateNumber(),
                        row.type()))
                .toList());
    }

    void updateLinks(List<Link> rows) {
        String text = "UPDATE " + tables.links()
                + " SET sequence_number = ?, aggregate_number = ?, aggregate_type = ?"
                + " WHERE aggregate_identifier = ? AND trigger_name = ?";
        database.updateAll(rows.stream()
                .map(row ->
                        Sql.of(text, row.number(), row.aggregateNumber(), row.type(), row.identifier(), row.trigger()))
                .toList());
    }

    void insertEffects(List<Effect> rows) {
        database.updateAll(rows.stream()
                .map(row -> insert(
                        tables.effects(),
                        "sequence_number, trigger_name, aggregate_identifier",
                        row.number(),
                        row.trigger(),
                        row.identifier()))
                .toList());
    }

    void insertRequests(List<Request> rows) {
        database.updateAll(rows.stream()
                .map(row -> insert(
                        tables.replays(),
                        "sequence_number, reason, kind, aggregate_identifier, processing_groups",
                        row.number(),
                        row.reason(),
                        row.kind(),
                        row.identifier(),
                        row.groups()))
                .toList());
    }

    /** Wrong effects and requests are replaced: nothing refers to their rows. */
    void deleteEffects(List<Effect> rows) {
        delete(tables.effects(), rows);
    }

    void deleteRequests(List<Request> rows) {
        delete(tables.replays(), rows);
    }

    private void delete(String table, List<? extends IndexRow> rows) {
        database.updateAll(rows.stream()
                .map(row -> Sql.of("DELETE FROM " + table + " WHERE sequence_number = ?", row.number()))
                .toList());
    }

    private static Sql insert(String table, String columns, @Nullable Object... values) {
        String places = "?" + ", ?".repeat(values.length - 1);
        return Sql.of("INSERT INTO %s (%s) VALUES (%s)".formatted(table, columns, places), values);
    }

    private Sql selectLinks() {
        return Sql.of(
                "SELECT aggregate_identifier, trigger_name, sequence_number, aggregate_number, aggregate_type FROM "
                        + tables.links());
    }

    private Sql selectEffects() {
        return Sql.of("SELECT sequence_number, trigger_name, aggregate_identifier FROM " + tables.effects());
    }

    private Sql selectRequests() {
        return Sql.of("SELECT sequence_number, reason, kind, aggregate_identifier, processing_groups FROM "
                + tables.replays());
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getString(5));
    }

    private static Effect effect(ResultSet row) throws SQLException {
        return new Effect(row.getLong(1), row.getString(2), row.getString(3));
    }

    private static Request request(ResultSet row) throws SQLException {
        return new Request(row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
    }

    private static <R extends IndexRow> Map<Long, R> byNumber(List<R> rows) {
        Map<Long, R> byNumber = new HashMap<>();
        rows.forEach(row -> byNumber.put(row.number(), row));
        return byNumber;
    }

    private static <K, R> List<R> inChunks(Collection<K> keys, Function<List<K>, List<R>> query) {
        List<K> all = List.copyOf(keys);
        List<R> found = new ArrayList<>();
        for (int i = 0; i < all.size(); i += PAGE_SIZE) {
            found.addAll(query.apply(all.subList(i, Math.min(all.size(), i + PAGE_SIZE))));
        }
        return found;
    }
}
