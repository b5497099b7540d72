package dev.coherence.axon.jdbc;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Finds the changes to one aggregate that a base does not see. Costs follow what is unseen, not the history. */
final class UnseenEvents {

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
        Sql sql = inStreams(Set.of(names.ofAggregate(aggregate)))
                .add(" AND ")
                .addIn("e." + table.type(), names.typesOf(aggregate.kind()))
                .add(" AND ");
        if (base.version().isPresent()) {
            sql.add("e." + table.sequenceNumber() + " > ?", base.version().getAsLong());
        } else {
            sql.addUnseen("e." + table.globalIndex(), base);
        }
        return rows.decode(rows.fetch(sql)).toList();
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
