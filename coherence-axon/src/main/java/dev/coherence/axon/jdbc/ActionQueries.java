package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.ReadQuery;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.TrackedDomainEventData;

/** Streams actions: all of one aggregate, or what a replaying read selects. */
final class ActionQueries {

    private final Database database;
    private final EventRows rows;
    private final EventTable table;
    private final IndexTables tables;
    private final StreamNames names;

    ActionQueries(Database database, EventRows rows, EventTable table, IndexTables tables, StreamNames names) {
        this.database = database;
        this.rows = rows;
        this.table = table;
        this.tables = tables;
        this.names = names;
    }

    /** All actions on the aggregate. */
    Stream<RecordedAction> of(Identity aggregate) {
        return byVersion(aggregate, -1, Sql.of(""));
    }

    Stream<RecordedAction> read(ReadQuery query, Revision head) {
        boolean replays = effectsAreUnseen(query.after(), head);
        Sql selected = selected(query, head, replays);
        Stream<RecordedAction> actions = query.aggregates().size() == 1
                ? byVersion(query.aggregates().first(), -1, selected)
                : byNumber(replays ? 0 : allSeenUpTo(query.after()), selected);
        return actions.filter(action -> query.selects(action.action().aggregate()));
    }

    /** Within one aggregate the order of versions is that of numbers, and has an index that begins with the aggregate. */
    private Stream<RecordedAction> byVersion(Identity aggregate, long firstVersion, Sql condition) {
        return Pages.stream(
                rows,
                firstVersion,
                last -> rows.select()
                        .add(" WHERE e." + table.aggregateIdentifier() + " = ?", names.ofAggregate(aggregate))
                        .add(" AND ")
                        .addIn("e." + table.type(), names.typesOf(aggregate.kind()))
                        .add(" AND e." + table.sequenceNumber() + " > ?", last)
                        .add(condition)
                        .add(" ORDER BY e." + table.sequenceNumber() + " LIMIT " + Pages.PAGE_SIZE),
                DomainEventData::getSequenceNumber,
                this::actions);
    }

    private Stream<RecordedAction> byNumber(long firstNumber, Sql condition) {
        return Pages.stream(
                rows,
                firstNumber,
                last -> rows.select()
                        .add(" WHERE e." + table.globalIndex() + " > ?", last)
                        .add(condition)
                        .add(" ORDER BY e." + table.globalIndex() + " LIMIT " + Pages.PAGE_SIZE),
                row -> row.trackingToken().position().orElseThrow(),
                this::actions);
    }

    private Stream<RecordedAction> actions(List<TrackedDomainEventData<byte[]>> page) {
        return rows.decode(page)
                .flatMap(event -> event instanceof RecordedAction action ? Stream.of(action) : Stream.empty());
    }

    private Sql selected(ReadQuery query, Revision head, boolean replays) {
        Sql sql = Sql.of(" AND e." + table.type() + " <> ? AND ", StreamNames.EFFECT_TYPE)
                .addSeen("e." + table.globalIndex(), head);
        if (!query.aggregates().isEmpty()) {
            sql.add(" AND ")
                    .addIn(
                            "e." + table.aggregateIdentifier(),
                            query.aggregates().stream().map(names::ofAggregate).toList());
        }
        if (!query.kinds().isEmpty()) {
            sql.add(" AND ")
                    .addIn(
                            "e." + table.type(),
                            query.kinds().stream()
                                    .flatMap(kind -> names.typesOf(kind).stream())
                                    .toList());
        }
        sql.add(" AND (").add(unseenActions(query.after()));
        if (replays) {
            sql.add(" OR ").add(affected(query.after(), head));
        }
        return sql.add(")");
    }

    private Sql unseenActions(Revision after) {
        return after.version().isPresent()
                ? Sql.of("e." + table.sequenceNumber() + " > ?", after.version().getAsLong())
                : new Sql().addUnseen("e." + table.globalIndex(), after);
    }

    /** The aggregate is named by an unseen effect, or was linked to its trigger before the effect. */
    private Sql affected(Revision after, Revision head) {
        return Sql.of("EXISTS (SELECT 1 FROM " + tables.effects() + " f WHERE f.aggregate_identifier = e."
                        + table.aggregateIdentifier() + " AND ")
                .add(unseenEffects(after, head))
                .add(") OR EXISTS (SELECT 1 FROM " + tables.links() + " l JOIN " + tables.effects()
                        + " f ON f.trigger_name = l.trigger_name AND f.sequence_number > l.sequence_number"
                        + " WHERE l.aggregate_identifier = e." + table.aggregateIdentifier() + " AND ")
                .add(unseenEffects(after, head))
                .add(")");
    }

    private static Sql unseenEffects(Revision after, Revision head) {
        return new Sql().addSeen("f.sequence_number", head).add(" AND ").addUnseen("f.sequence_number", after);
    }

    private boolean effectsAreUnseen(Revision after, Revision head) {
        return after.position().isPresent()
                && !database.list(
                                Sql.of("SELECT 1 FROM " + tables.effects() + " f WHERE ")
                                        .add(unseenEffects(after, head))
                                        .add(" LIMIT 1"),
                                row -> row.getInt(1))
                        .isEmpty();
    }

    private static long allSeenUpTo(Revision after) {
        return after.unseen().isEmpty()
                ? after.position().orElseThrow()
                : after.unseen().get(0).first() - 1;
    }
}
