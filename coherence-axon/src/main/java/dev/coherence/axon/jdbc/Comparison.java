package dev.coherence.axon.jdbc;

import static java.util.stream.Collectors.toSet;

import dev.coherence.axon.jdbc.IndexRow.Link;
import dev.coherence.axon.jdbc.IndexRow.LinkKey;
import dev.coherence.axon.jdbc.IndexRows.First;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what events say with the rows of the index. The rows are read after the events, so that those that were stored in the
 * transaction of an event are seen.
 */
final class Comparison {

    private final IndexRows rows;

    Comparison(IndexRows rows) {
        this.rows = rows;
    }

    /** A row that should be there, and is not, or is another one. */
    record Difference<R extends IndexRow>(
            R expected, @Nullable R stored) {

        boolean isMissing() {
            return stored == null;
        }
    }

    /** All differences. */
    record Differences(
            List<Difference<Link>> links,
            List<Difference<IndexRow.Effect>> effects,
            List<Difference<IndexRow.Request>> requests) {

        static final Differences NONE = new Differences(List.of(), List.of(), List.of());

        Stream<Difference<? extends IndexRow>> all() {
            return Stream.of(links, effects, requests).flatMap(List::stream);
        }

        /** How many rows are there that say something else. */
        long wrong() {
            return all().filter(difference -> !difference.isMissing()).count();
        }
    }

    Differences of(Facts facts) {
        return new Differences(
                links(facts.links()),
                numbered(facts.effects(), rows.effects(numbers(facts.effects()))),
                numbered(facts.requests(), rows.requests(numbers(facts.requests()))));
    }

    private static Set<Long> numbers(List<? extends IndexRow> expected) {
        return expected.stream().map(IndexRow::number).collect(toSet());
    }

    private static <R extends IndexRow> List<Difference<R>> numbered(Collection<R> expected, Map<Long, R> stored) {
        return expected.stream()
                .filter(row -> !row.equals(stored.get(row.number())))
                .map(row -> new Difference<>(row, stored.get(row.number())))
                .toList();
    }

    /** In the order of the keys, so that two who write links seldom wait for each other in a circle. */
    private List<Difference<Link>> links(List<Facts.Link> facts) {
        if (facts.isEmpty()) {
            return List.of();
        }
        Set<String> identifiers = facts.stream().map(Facts.Link::identifier).collect(toSet());
        List<Link> stored = rows.links(identifiers);
        Map<LinkKey, Link> byKey = new HashMap<>();
        stored.forEach(row -> byKey.put(row.key(), row));
        List<Difference<Link>> differences = new ArrayList<>();
        for (Link expected : expected(facts, numbers(facts, stored), byKey)) {
            Link found = byKey.get(expected.key());
            if (!expected.equals(found)) {
                differences.add(new Difference<>(expected, found));
            }
        }
        differences.sort(Comparator.comparing(
                        (Difference<Link> difference) -> difference.expected().identifier())
                .thenComparing(difference -> difference.expected().trigger()));
        return differences;
    }

    /** The first link counts, be it that of a row or that of one of these events. */
    private static Collection<Link> expected(
            List<Facts.Link> facts, Map<String, First> numbers, Map<LinkKey, Link> stored) {
        Map<LinkKey, Link> expected = new LinkedHashMap<>();
        for (Facts.Link fact : facts) {
            LinkKey key = new LinkKey(fact.identifier(), fact.trigger().toString());
            First first = numbers.get(fact.identifier());
            Link row = stored.get(key);
            if (first != null && !expected.containsKey(key)) {
                long since = row == null ? fact.number() : Math.min(fact.number(), row.number());
                expected.put(key, new Link(key.identifier(), key.trigger(), since, first.number(), first.type()));
            }
        }
        return expected.values();
    }

    /**
     * Number and type of an aggregate are those of its first event; if that is gone, those that its rows have; and if there are
     * none, those of its first link.
     */
    private Map<String, First> numbers(List<Facts.Link> facts, List<Link> stored) {
        Map<String, First> numbers = new HashMap<>();
        stored.forEach(row -> numbers.merge(
                row.identifier(), new First(row.identifier(), row.aggregateNumber(), row.type()), Comparison::lower));
        facts.forEach(fact ->
                numbers.putIfAbsent(fact.identifier(), new First(fact.identifier(), fact.number(), fact.type())));
        numbers.putAll(rows.firsts(numbers.keySet()));
        return numbers;
    }

    private static First lower(First one, First other) {
        return new First(one.identifier(), Math.min(one.number(), other.number()), lower(one.type(), other.type()));
    }

    private static @Nullable String lower(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }
}
