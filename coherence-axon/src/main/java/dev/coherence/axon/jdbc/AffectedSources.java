package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.Span;
import dev.coherence.axon.jdbc.RequestTable.Named;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.value.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ways in which a span affects aggregates, each as a select of {@code number}, {@code identifier} and {@code
 * aggregate_type}. Of several effects on one trigger only the last counts, so that rows are never multiplied by effects. Up to
 * {@value #FEW} triggers or aggregates are looked up one by one, in the order of an index where there is one; of more of them
 * the database makes a join.
 */
final class AffectedSources {

    static final int FEW = 32;

    private static final long BELOW_ALL = -1;

    private final EventTable events;
    private final IndexTables tables;
    private final StreamNames names;
    private final EffectTable effects;
    private final RequestTable requests;
    private final String selectFirst;

    AffectedSources(
            EventTable events, IndexTables tables, StreamNames names, EffectTable effects, RequestTable requests) {
        this.events = events;
        this.tables = tables;
        this.names = names;
        this.effects = effects;
        this.requests = requests;
        this.selectFirst = "SELECT e.%s AS number, e.%s AS identifier, e.%s AS aggregate_type FROM %s e"
                .formatted(events.globalIndex(), events.aggregateIdentifier(), events.type(), events.table());
    }

    /**
     * One of the ways.
     *
     * @param isLong whether it may give so many rows that a page of it should be cut off as early as possible
     */
    record Source(Sql select, boolean isLong) {

        Sql page(int limit) {
            Sql page = Sql.of("(").add(select);
            return page.add(isLong ? " ORDER BY number LIMIT " + limit + ")" : ")");
        }
    }

    /** Returns the ways, each of which gives aggregates with numbers above the given one. */
    List<Source> of(Span span, Set<String> groups, long above) {
        List<Source> sources = new ArrayList<>();
        if (!groups.isEmpty()) {
            addEffects(sources, span, above);
            addRequests(sources, span, groups, above);
            List<String> kinds = requests.wholeKinds(span, groups);
            if (!kinds.isEmpty()) {
                sources.add(new Source(ofKinds(kinds, above), true));
            }
        }
        return sources;
    }

    /** Returns the ways in which an effect with the number affects aggregates. */
    List<Sql> of(EffectTable.Last effect) {
        return List.of(linkedTo(effect, BELOW_ALL), firstOf(List.of(effect), BELOW_ALL));
    }

    private void addEffects(List<Source> sources, Span span, long above) {
        List<EffectTable.Last> few = effects.last(span, FEW + 1);
        if (few.size() > FEW) {
            sources.add(new Source(linkedToMany(span, above), true));
            sources.add(new Source(firedByMany(span, above), false));
        } else if (!few.isEmpty()) {
            few.forEach(last -> sources.add(new Source(linkedTo(last, above), true)));
            sources.add(new Source(firstOf(few, above), false));
        }
    }

    /** The triggers that are aggregates themselves. */
    private Sql firstOf(List<EffectTable.Last> effects, long above) {
        List<Sql> own = effects.stream()
                .map(last -> first(
                                names.ofAggregate(last.trigger()),
                                last.trigger().kind())
                        .add(" AND e." + events.globalIndex() + " < ?", last.number()))
                .toList();
        List<String> streams =
                effects.stream().map(last -> names.ofAggregate(last.trigger())).toList();
        return firstOf(streams, own, above);
    }

    private void addRequests(List<Source> sources, Span span, Set<String> groups, long above) {
        List<Named> few = requests.named(span, groups, FEW + 1);
        if (few.size() > FEW) {
            sources.add(new Source(requestedByMany(span, groups, above), false));
        } else if (!few.isEmpty()) {
            List<Sql> named =
                    few.stream().map(one -> first(one.identifier(), one.kind())).toList();
            List<String> streams = few.stream().map(Named::identifier).toList();
            sources.add(new Source(firstOf(streams, named, above), false));
        }
    }

    private Sql linkedTo(EffectTable.Last last, long above) {
        return selectLinks("")
                .add(
                        tables.links() + " l WHERE l.trigger_name = ?",
                        last.trigger().toString())
                .add(" AND l.sequence_number < ? AND l.aggregate_number > ?", last.number(), above);
    }

    private Sql linkedToMany(Span span, long above) {
        return selectLinks("DISTINCT ")
                .add("(")
                .add(effects.selectLast(span))
                .add(") t JOIN " + tables.links()
                        + " l ON l.trigger_name = t.trigger_name AND l.sequence_number < t.last")
                .add(" WHERE l.aggregate_number > ?", above);
    }

    private static Sql selectLinks(String distinct) {
        return Sql.of("SELECT " + distinct
                + "l.aggregate_number AS number, l.aggregate_identifier AS identifier, l.aggregate_type FROM ");
    }

    private Sql firedByMany(Span span, long above) {
        return Sql.of(selectFirst + " JOIN (")
                .add(effects.selectLast(span))
                .add(") t ON e.%s = t.aggregate_identifier AND e.%s < t.last"
                        .formatted(events.aggregateIdentifier(), events.globalIndex()))
                .add(firstAbove(above))
                .add(" AND ")
                .addAnyOf(ofOneKind(effects.kindsOfTriggers(span), EffectTable.printedKind("t"), true));
    }

    private Sql requestedByMany(Span span, Set<String> groups, long above) {
        return Sql.of(selectFirst + " JOIN (")
                .add(requests.selectNamed(span, groups))
                .add(") t ON e.%s = t.aggregate_identifier".formatted(events.aggregateIdentifier()))
                .add(firstAbove(above))
                .add(" AND ")
                .addAnyOf(ofOneKind(requests.kindsOfNamed(span, groups), "t.kind", false));
    }

    /** Conditions that the column says one of the kinds, and that the event is stored under a type of the same kind. */
    private List<Sql> ofOneKind(Collection<String> kinds, String column, boolean printed) {
        List<Sql> conditions = new ArrayList<>();
        for (String kind : new TreeSet<>(kinds)) {
            String said = printed ? printed(kind) : kind;
            conditions.add(Sql.of(column + " = ? AND ", said).addIn("e." + events.type(), types(kind)));
        }
        return conditions;
    }

    /** Condition for the first event of the stream, if it belongs to the kind. */
    private Sql first(String stream, String kind) {
        return Sql.of("e." + events.aggregateIdentifier() + " = ? AND ", stream)
                .addIn("e." + events.type(), types(kind));
    }

    private Sql firstOf(List<String> streams, List<Sql> conditions, long above) {
        return Sql.of(selectFirst)
                .add(firstAbove(above))
                .add(" AND ")
                .addIn("e." + events.aggregateIdentifier(), streams)
                .add(" AND ")
                .addAnyOf(conditions);
    }

    private Sql ofKinds(Collection<String> kinds, long above) {
        return Sql.of(selectFirst)
                .add(firstAbove(above))
                .add(" AND ")
                .addAnyOf(kinds.stream().map(this::isOfKind).toList());
    }

    /** Of a kind that is not annotated, the identifier begins with it; else the stream is none of coherence. */
    private Sql isOfKind(String kind) {
        Sql sql = new Sql().addIn("e." + events.type(), types(kind));
        return names.isAnnotated(kind)
                ? sql
                : sql.add(" AND POSITION(? IN e." + events.aggregateIdentifier() + ") = 1", printed(kind) + ":");
    }

    private Sql firstAbove(long above) {
        return Sql.of(" WHERE e.%s = 0 AND e.%s > ?".formatted(events.sequenceNumber(), events.globalIndex()), above);
    }

    private List<String> types(String kind) {
        return names.typesOf(kind).stream()
                .filter(type -> names.kindOf(type).equals(kind))
                .toList();
    }

    private static String printed(String kind) {
        try {
            String shortest = Identity.of(kind, "1").toString();
            return shortest.substring(0, shortest.length() - 2);
        } catch (InvalidInputException e) {
            return kind; // too long for any identity, so that nothing is found
        }
    }
}
