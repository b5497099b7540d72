package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.StreamNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * The stored links between aggregates and triggers, the effects, and the requests for replays. Rows are written from the event rows of the same
 * transaction, so that both become visible at once and carry the number that the database gave.
 */
final class LinkTables {

    private final Database database;
    private final IndexTables tables;
    private final EventCodec codec;
    private final StreamNames names;
    private final String resource = LinkTables.class.getName() + "@" + System.identityHashCode(this);
    private final String insertLink;
    private final String insertEffect;
    private final RequestTable requests;

    LinkTables(
            Database database,
            Dialect dialect,
            EventTable events,
            IndexTables tables,
            EventCodec codec,
            StreamNames names) {
        this.database = database;
        this.tables = tables;
        this.codec = codec;
        this.names = names;
        this.insertLink = insertLink(events, tables.links()) + ifAbsent(dialect);
        this.insertEffect =
                """
                INSERT INTO %s (sequence_number, trigger_name, aggregate_identifier)
                SELECT e.%s, ?, ? FROM %s e
                WHERE e.%s = ? AND NOT EXISTS (SELECT 1 FROM %1$s f WHERE f.sequence_number = e.%2$s)""".formatted(tables.effects(), events.globalIndex(), events.table(), events.eventIdentifier());
        this.requests = new RequestTable(database, events, tables);
    }

    /**
     * The number and the type of an aggregate are those of its first event; if that is gone, those that its other links have,
     * so that it has one number only.
     */
    private static String insertLink(EventTable events, String links) {
        return """
                INSERT INTO %1$s (aggregate_identifier, trigger_name, sequence_number, aggregate_number, aggregate_type)
                SELECT e.%2$s, ?, e.%3$s,
                  COALESCE(f.%3$s, (SELECT MIN(n.aggregate_number) FROM %1$s n WHERE n.aggregate_identifier = e.%2$s), e.%3$s),
                  COALESCE(f.%6$s, (SELECT MIN(n.aggregate_type) FROM %1$s n WHERE n.aggregate_identifier = e.%2$s), e.%6$s)
                FROM %4$s e LEFT JOIN %4$s f ON f.%2$s = e.%2$s AND f.%7$s = 0
                WHERE e.%5$s = ? AND NOT EXISTS (
                  SELECT 1 FROM %1$s l WHERE l.aggregate_identifier = e.%2$s AND l.trigger_name = ?)""".formatted(
                        links,
                        events.aggregateIdentifier(),
                        events.globalIndex(),
                        events.table(),
                        events.eventIdentifier(),
                        events.type(),
                        events.sequenceNumber());
    }

    /**
     * Of two appends to one aggregate, one has lost already; so somebody else who inserts the same link is building the index, with
     * an older event, which counts.
     */
    private static String ifAbsent(Dialect dialect) {
        return dialect == Dialect.POSTGRESQL ? " ON CONFLICT (aggregate_identifier, trigger_name) DO NOTHING" : "";
    }

    /**
     * Does nothing for events of others, whose payloads are not looked at, and for what is recorded already: the guard and
     * the event log each see to it that it is called.
     */
    void record(List<? extends EventMessage<?>> appended) {
        List<Sql> newLinks = new ArrayList<>();
        List<Sql> newEffects = new ArrayList<>();
        for (EventMessage<?> event : appended) {
            if (event.getPayloadType() == ReplayRequested.class && isNew(event)) {
                requests.record(event.getIdentifier(), (ReplayRequested) event.getPayload(), names);
            } else if (event instanceof DomainEventMessage<?> message && isNew(message)) {
                codec.links(message).forEach(trigger -> newLinks.add(link(message, trigger)));
                if (message.getPayloadType() == EffectFired.class) {
                    newEffects.add(effect(message, ((EffectFired) message.getPayload()).trigger()));
                }
            }
        }
        database.updateAll(newLinks);
        database.updateAll(newEffects);
    }

    private boolean isNew(EventMessage<?> message) {
        if (!CurrentUnitOfWork.isStarted()) {
            return true;
        }
        Set<String> recorded = CurrentUnitOfWork.get().root().getOrComputeResource(resource, key -> new HashSet<>());
        return recorded.add(message.getIdentifier());
    }

    SortedSet<Identity> linkedTriggers(Collection<Identity> aggregates) {
        if (aggregates.isEmpty()) {
            return new TreeSet<>();
        }
        Sql sql = Sql.of("SELECT DISTINCT trigger_name FROM " + tables.links() + " WHERE ")
                .addIn(
                        "aggregate_identifier",
                        aggregates.stream().map(names::ofAggregate).toList());
        return new TreeSet<>(database.list(sql, row -> Identity.parse(row.getString(1))));
    }

    /** The first link counts: an effect replays an aggregate that was linked before it. */
    private Sql link(DomainEventMessage<?> message, Identity trigger) {
        return Sql.of(insertLink, trigger.toString(), message.getIdentifier(), trigger.toString());
    }

    private Sql effect(DomainEventMessage<?> message, Identity trigger) {
        return Sql.of(insertEffect, trigger.toString(), names.ofAggregate(trigger), message.getIdentifier());
    }
}
