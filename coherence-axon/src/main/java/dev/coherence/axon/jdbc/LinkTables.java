package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.storage.StreamNames;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;

/**
 * The stored links between aggregates and triggers, and the effects. Rows are written from the event rows of the same
 * transaction, so that both become visible at once and carry the number that the database gave.
 */
final class LinkTables {

    private final Database database;
    private final EventTable events;
    private final IndexTables tables;
    private final StreamNames names;

    LinkTables(Database database, EventTable events, IndexTables tables, StreamNames names) {
        this.database = database;
        this.events = events;
        this.tables = tables;
        this.names = names;
    }

    void record(EventMessage<?> appended) {
        if (appended instanceof DomainEventMessage<?> message) {
            if (message.getPayload() instanceof PatchApplied patch) {
                patch.triggers().forEach(trigger -> link(message, trigger));
            } else if (message.getPayload() instanceof EffectFired effect) {
                recordEffect(message, effect.trigger());
            }
        }
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
    private void link(DomainEventMessage<?> message, Identity trigger) {
        database.update(Sql.of(
                """
                INSERT INTO %s (aggregate_identifier, trigger_name, sequence_number)
                SELECT e.%s, ?, e.%s FROM %s e
                WHERE e.%s = ? AND NOT EXISTS (
                  SELECT 1 FROM %s l WHERE l.aggregate_identifier = e.%s AND l.trigger_name = ?)""".formatted(
                                tables.links(),
                                events.aggregateIdentifier(),
                                events.globalIndex(),
                                events.table(),
                                events.eventIdentifier(),
                                tables.links(),
                                events.aggregateIdentifier()),
                trigger.toString(),
                message.getIdentifier(),
                trigger.toString()));
    }

    private void recordEffect(DomainEventMessage<?> message, Identity trigger) {
        database.update(Sql.of(
                """
                INSERT INTO %s (sequence_number, trigger_name, aggregate_identifier)
                SELECT e.%s, ?, ? FROM %s e WHERE e.%s = ?""".formatted(tables.effects(), events.globalIndex(), events.table(), events.eventIdentifier()),
                trigger.toString(),
                names.ofAggregate(trigger),
                message.getIdentifier()));
    }
}
