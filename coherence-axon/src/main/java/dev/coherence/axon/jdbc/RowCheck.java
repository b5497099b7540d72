package dev.coherence.axon.jdbc;

import static java.util.stream.Collectors.toSet;

import dev.coherence.axon.index.Discrepancy;
import dev.coherence.axon.index.Discrepancy.Problem;
import dev.coherence.axon.jdbc.IndexRow.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.axonframework.eventhandling.TrackedDomainEventData;

/**
 * Asks for the events that rows come from. The events are read after the rows, so that an event with which a row was stored is seen.
 * Rows of which the events say something else are found on the way from events to rows.
 */
final class RowCheck {

    private final IndexParts parts;

    RowCheck(IndexParts parts) {
        this.parts = parts;
    }

    /** An event of an aggregate that links it, or the lack of one. */
    private record Linking(boolean found, long number, boolean unreadable) {}

    /** Returns the rows that no event of their number asks for. */
    <R extends IndexRow> List<Discrepancy> withoutEvent(List<R> rows, Function<Facts, List<R>> ofKind) {
        Facts facts = facts(rows);
        Set<Long> numbers = ofKind.apply(facts).stream().map(IndexRow::number).collect(toSet());
        return rows.stream()
                .filter(row -> !numbers.contains(row.number()) && !facts.isUnreadable(row.number()))
                .map(row -> new Discrepancy(Problem.SUPERFLUOUS, row.told()))
                .toList();
    }

    /** Returns the links that no event makes, or none as early as they say. */
    List<Discrepancy> unfounded(List<Link> links) {
        Facts facts = facts(links);
        Set<Link> told = facts.links().stream().map(RowCheck::key).collect(toSet());
        List<Discrepancy> found = new ArrayList<>();
        for (Link link : links) {
            if (!told.contains(key(link)) && !facts.isUnreadable(link.number())) {
                addUnlessFounded(link, found);
            }
        }
        return found;
    }

    private void addUnlessFounded(Link link, List<Discrepancy> found) {
        Linking linking = firstLinking(link);
        if (linking.found() && linking.number() > link.number()) {
            found.add(new Discrepancy(
                    Problem.WRONG, "%s; expected since event %d".formatted(link.told(), linking.number())));
        } else if (!linking.found() && !linking.unreadable()) {
            found.add(new Discrepancy(Problem.SUPERFLUOUS, link.told()));
        }
    }

    private Linking firstLinking(Link link) {
        boolean unreadable = false;
        long last = 0;
        List<TrackedDomainEventData<byte[]>> events;
        do {
            events = parts.events(link.identifier(), last);
            Facts facts = parts.facts().of(events);
            unreadable |= !facts.unreadable().isEmpty();
            for (Facts.Link fact : facts.links()) {
                if (fact.trigger().toString().equals(link.trigger())) {
                    return new Linking(true, fact.number(), unreadable);
                }
            }
            last = events.isEmpty()
                    ? last
                    : events.get(events.size() - 1).trackingToken().position().orElseThrow();
        } while (events.size() == parts.batchSize());
        return new Linking(false, 0, unreadable);
    }

    private Facts facts(List<? extends IndexRow> rows) {
        return parts.facts()
                .of(parts.events(rows.stream().map(IndexRow::number).distinct().toList()));
    }

    /** What tells which event links which aggregate to which trigger, and nothing else. */
    private static Link key(Link link) {
        return new Link(link.identifier(), link.trigger(), link.number(), 0, null);
    }

    private static Link key(Facts.Link fact) {
        return new Link(fact.identifier(), fact.trigger().toString(), fact.number(), 0, null);
    }
}
