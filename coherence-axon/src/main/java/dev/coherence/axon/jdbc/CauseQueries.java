package dev.coherence.axon.jdbc;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedEffect;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.index.AffectedAggregate;
import dev.coherence.axon.index.Span;
import dev.coherence.axon.replay.ReplayCause;
import dev.coherence.axon.replay.ReplayCause.Fired;
import dev.coherence.axon.replay.ReplayCause.Requested;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.value.InvalidInputException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds out why aggregates are affected. */
final class CauseQueries {

    private static final int MAX_VALUES_PER_STATEMENT = 500;

    private final Database database;
    private final EventRows rows;
    private final EventTable events;
    private final IndexTables tables;
    private final StreamNames names;
    private final EffectTable effects;
    private final RequestTable requests;

    CauseQueries(
            Database database,
            EventRows rows,
            EventTable events,
            IndexTables tables,
            StreamNames names,
            EffectTable effects,
            RequestTable requests) {
        this.database = database;
        this.rows = rows;
        this.events = events;
        this.tables = tables;
        this.names = names;
        this.effects = effects;
        this.requests = requests;
    }

    /** The first event of an aggregate, and whose it is. */
    private record First(long number, Identity aggregate) {}

    /** An effect on the stream of an aggregate. */
    private record Hit(String identifier, String trigger, long number) {}

    /** What was found about one aggregate. */
    private record Findings(SortedMap<Long, String> triggers, List<Requested> requests) {

        Findings() {
            this(new TreeMap<>(), new ArrayList<>());
        }
    }

    Map<AffectedAggregate, List<ReplayCause>> of(
            Span span, Set<String> groups, Collection<AffectedAggregate> aggregates) {
        List<AffectedAggregate> all = List.copyOf(Set.copyOf(aggregates));
        Map<AffectedAggregate, Findings> found = new HashMap<>();
        for (int i = 0; i < all.size(); i += MAX_VALUES_PER_STATEMENT) {
            List<AffectedAggregate> some = all.subList(i, Math.min(all.size(), i + MAX_VALUES_PER_STATEMENT));
            Map<String, Findings> byIdentifier = find(
                    span,
                    groups,
                    some.stream().map(AffectedAggregate::identifier).toList());
            some.forEach(aggregate -> Optional.ofNullable(byIdentifier.get(aggregate.identifier()))
                    .ifPresent(one -> found.put(aggregate, one)));
        }
        return told(found);
    }

    private Map<String, Findings> find(Span span, Set<String> groups, List<String> identifiers) {
        Map<String, Findings> found = new HashMap<>();
        Map<String, First> firsts = firsts(identifiers);
        hits(linked(span, identifiers)).forEach(hit -> add(hit, found));
        hits(effects.selectLast(span, identifiers)).stream()
                .filter(hit -> names(hit, firsts.get(hit.identifier())))
                .forEach(hit -> add(hit, found));
        for (RequestTable.Row request : requests.forAnyOf(identifiers, span, groups)) {
            firsts.forEach((identifier, first) -> {
                if (asks(request, identifier, first)) {
                    found.computeIfAbsent(identifier, key -> new Findings())
                            .requests()
                            .add(requested(request, first));
                }
            });
        }
        return found;
    }

    private static void add(Hit hit, Map<String, Findings> found) {
        found.computeIfAbsent(hit.identifier(), key -> new Findings())
                .triggers()
                .put(hit.number(), hit.trigger());
    }

    private static boolean names(Hit hit, @Nullable First first) {
        return first != null
                && first.number() < hit.number()
                && first.aggregate().toString().equals(hit.trigger());
    }

    private static boolean asks(RequestTable.Row request, String identifier, First first) {
        return first.aggregate().kind().equals(request.kind())
                && (request.identifier() == null || request.identifier().equals(identifier));
    }

    private static Requested requested(RequestTable.Row request, First first) {
        return new Requested(
                request.number(),
                request.identifier() == null
                        ? ReplayRequested.ofKind(request.reason(), request.kind(), request.groups())
                        : ReplayRequested.of(request.reason(), first.aggregate(), request.groups()));
    }

    private Sql linked(Span span, List<String> identifiers) {
        return Sql.of("SELECT t.trigger_name, l.aggregate_identifier, t.last FROM (")
                .add(effects.selectLast(span))
                .add(") t JOIN " + tables.links()
                        + " l ON l.trigger_name = t.trigger_name AND l.sequence_number < t.last WHERE ")
                .addIn("l.aggregate_identifier", identifiers);
    }

    private List<Hit> hits(Sql sql) {
        return database.list(sql, row -> new Hit(row.getString(2), row.getString(1), row.getLong(3)));
    }

    private Map<String, First> firsts(List<String> identifiers) {
        Sql sql = Sql.of("SELECT e.%s, e.%s, e.%s FROM %s e WHERE e.%s = 0 AND e.%s IS NOT NULL AND "
                        .formatted(
                                events.globalIndex(),
                                events.type(),
                                events.aggregateIdentifier(),
                                events.table(),
                                events.sequenceNumber(),
                                events.type()))
                .addIn("e." + events.aggregateIdentifier(), identifiers);
        Map<String, First> firsts = new HashMap<>();
        database.list(sql, row -> {
            String type = row.getString(2);
            String identifier = row.getString(3);
            long number = row.getLong(1);
            return named(type, identifier)
                    .filter(aggregate -> aggregate.kind().equals(names.kindOf(type)))
                    .map(aggregate -> firsts.put(identifier, new First(number, aggregate)));
        });
        return firsts;
    }

    private Optional<Identity> named(String type, String identifier) {
        try {
            return Optional.of(names.aggregate(type, identifier));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    private Map<AffectedAggregate, List<ReplayCause>> told(Map<AffectedAggregate, Findings> found) {
        Map<Long, String> triggers = new HashMap<>();
        found.values().forEach(findings -> triggers.putAll(findings.triggers()));
        Map<Long, Fired> fired = fired(triggers);
        Map<AffectedAggregate, List<ReplayCause>> causes = new HashMap<>();
        found.forEach((aggregate, findings) -> {
            List<ReplayCause> all = new ArrayList<>(findings.requests());
            findings.triggers().keySet().forEach(number -> all.add(requireNonNull(fired.get(number))));
            all.sort(Comparator.comparingLong(ReplayCause::sequenceNumber));
            causes.put(aggregate, all);
        });
        return causes;
    }

    private Map<Long, Fired> fired(Map<Long, String> triggers) {
        List<Long> numbers = List.copyOf(triggers.keySet());
        Map<Long, Fired> fired = new HashMap<>();
        for (int i = 0; i < numbers.size(); i += MAX_VALUES_PER_STATEMENT) {
            List<Long> some = numbers.subList(i, Math.min(numbers.size(), i + MAX_VALUES_PER_STATEMENT));
            Sql sql = rows.select().add(" WHERE ").addIn("e." + events.globalIndex(), some);
            rows.decode(rows.fetch(sql)).forEach(event -> {
                if (event instanceof RecordedEffect effect) {
                    fired.put(effect.sequenceNumber(), new Fired(effect));
                }
            });
        }
        triggers.forEach((number, trigger) -> fired.computeIfAbsent(number, key -> untold(key, trigger)));
        return fired;
    }

    /** An effect whose event is gone, or dropped by an upcaster: that it was fired is known all the same. */
    private static Fired untold(long number, String trigger) {
        return new Fired(
                new RecordedEffect(number, Instant.EPOCH, "unknown", new Effect("unknown", Identity.parse(trigger))));
    }
}
