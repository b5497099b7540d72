package dev.coherence.axon.jdbc;

import static java.util.stream.Collectors.toSet;

import dev.coherence.action.Action;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.TrackedDomainEventData;

/** Finds the changes to one aggregate that a base does not see. Costs follow what is unseen, not the history. */
final class UnseenEvents {

    private static final String UNTOLD = "unknown";
    private static final Identity UNKNOWN = Identity.of("system", "unknown");
    private static final int MAX_STREAMS_PER_STATEMENT = 500;

    private final EventRows rows;
    private final EventTable table;
    private final LinkTables links;
    private final StreamNames names;

    UnseenEvents(EventRows rows, EventTable table, LinkTables links, StreamNames names) {
        this.rows = rows;
        this.table = table;
        this.links = links;
        this.names = names;
    }

    List<Event> find(Identity aggregate, Revision base) {
        List<Event> found = new ArrayList<>(actions(aggregate, base));
        found.addAll(effects(aggregate, base));
        found.sort(Comparator.comparingLong(Event::sequenceNumber));
        return found;
    }

    private List<Event> actions(Identity aggregate, Revision base) {
        boolean annotated = names.isAnnotated(aggregate.kind());
        Sql sql = inStreams(Set.of(names.ofAggregate(aggregate))).add(" AND ");
        if (annotated) {
            sql.add("e." + table.type() + " <> ?", StreamNames.EFFECT_TYPE);
        } else {
            sql.add("e." + table.type() + " = ?", aggregate.kind());
        }
        sql.add(" AND ");
        if (base.version().isPresent()) {
            sql.add("e." + table.sequenceNumber() + " > ?", base.version().getAsLong());
        } else {
            sql.addUnseen("e." + table.globalIndex(), base);
        }
        List<TrackedDomainEventData<byte[]>> found = rows.fetch(sql);
        List<Event> decoded = rows.decode(found).toList();
        return annotated && decoded.size() < found.size() ? withUntold(aggregate, found, decoded) : decoded;
    }

    /**
     * Events in the stream of an annotated aggregate that are not told as its own count as touching everything: those under
     * the type that its class had before it was renamed, and those that upcasters drop.
     */
    private static List<Event> withUntold(
            Identity aggregate, List<TrackedDomainEventData<byte[]>> found, List<Event> decoded) {
        List<Event> all = new ArrayList<>(decoded);
        Set<Long> told = decoded.stream().map(Event::sequenceNumber).collect(toSet());
        for (TrackedDomainEventData<byte[]> row : found) {
            long number = row.trackingToken().position().orElseThrow();
            if (!told.contains(number)) {
                Action untold =
                        new Action(UNTOLD, UNKNOWN, aggregate, Patch.everything(), Collections.emptySortedSet());
                all.add(new RecordedAction(number, row.getSequenceNumber(), row.getTimestamp(), UNKNOWN.id(), untold));
            }
        }
        return all;
    }

    private List<Event> effects(Identity aggregate, Revision base) {
        if (base.position().isEmpty()) {
            return List.of();
        }
        List<String> streams = new ArrayList<>();
        streams.add(names.ofEffects(aggregate));
        links.linkedTriggers(Set.of(aggregate)).forEach(trigger -> streams.add(names.ofEffects(trigger)));
        List<Event> found = new ArrayList<>();
        for (int i = 0; i < streams.size(); i += MAX_STREAMS_PER_STATEMENT) {
            List<String> some = streams.subList(i, Math.min(streams.size(), i + MAX_STREAMS_PER_STATEMENT));
            Sql sql = inStreams(Set.copyOf(some))
                    .add(" AND e." + table.type() + " = ? AND ", StreamNames.EFFECT_TYPE)
                    .addUnseen("e." + table.globalIndex(), base);
            rows.decode(rows.fetch(sql)).forEach(found::add);
        }
        return found;
    }

    private Sql inStreams(Set<String> streams) {
        return rows.select().add(" WHERE ").addIn("e." + table.aggregateIdentifier(), streams);
    }
}
