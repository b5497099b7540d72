package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.AffectedAggregate;
import dev.coherence.axon.index.NumberedEvent;
import dev.coherence.axon.index.ReplayIndex;
import dev.coherence.axon.index.Span;
import dev.coherence.axon.jdbc.AffectedSources.Source;
import dev.coherence.axon.jdbc.Completeness.Use;
import dev.coherence.axon.replay.Impact;
import dev.coherence.axon.replay.ReplayCause;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.value.InvalidInputException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers from the tables of the index and, for what has no rows there, from the first events of aggregates. */
final class JdbcReplayIndex implements ReplayIndex {

    private final Database database;
    private final Completeness completeness;
    private final StreamNames names;
    private final EffectTable effects;
    private final RequestTable requests;
    private final AffectedSources sources;
    private final CauseQueries causes;
    private final AggregateEvents events;
    private final String countEventsOf;
    private final String numberOf;
    private final String numberOfLinks;

    JdbcReplayIndex(
            Database database,
            EventRows rows,
            EventTable table,
            IndexTables tables,
            StreamNames names,
            Completeness completeness) {
        this.database = database;
        this.completeness = completeness;
        this.names = names;
        this.effects = new EffectTable(database, tables);
        this.requests = new RequestTable(database, table, tables);
        this.sources = new AffectedSources(table, tables, names, effects, requests);
        this.causes = new CauseQueries(database, rows, table, tables, names, effects, requests);
        this.events = new AggregateEvents(rows, table);
        this.countEventsOf = "SELECT COUNT(DISTINCT e.%1$s), COUNT(*) FROM %2$s e WHERE e.%1$s IN ("
                .formatted(table.aggregateIdentifier(), table.table());
        this.numberOf = "SELECT e.%s FROM %s e WHERE e.%s = ? AND e.%s = 0 AND e.%s <> ?"
                .formatted(
                        table.globalIndex(),
                        table.table(),
                        table.aggregateIdentifier(),
                        table.sequenceNumber(),
                        table.type());
        this.numberOfLinks =
                "SELECT MIN(l.aggregate_number) FROM %s l WHERE l.aggregate_identifier = ?".formatted(tables.links());
    }

    /** A stored aggregate, which may be one that coherence cannot name. */
    private record Found(
            long number, String identifier, @Nullable String type) {

        static Found read(ResultSet row) throws SQLException {
            return new Found(row.getLong(1), row.getString(2), row.getString(3));
        }
    }

    @Override
    public boolean affectsAny(Span span, Set<String> groups) {
        return !affected(span, groups, 0, 1).isEmpty();
    }

    @Override
    public boolean affects(Span span, Set<String> groups, Identity aggregate) {
        completeness.checkFor(Use.REPLAYS);
        List<Source> all = sources.of(span, groups, 0);
        if (all.isEmpty()) {
            return false;
        }
        Sql sql = Sql.of("SELECT number, identifier, aggregate_type FROM (");
        addUnion(sql, all.stream().map(Source::select).iterator());
        sql.add(") affected WHERE identifier = ?", names.ofAggregate(aggregate));
        return database.list(sql, Found::read).stream()
                .flatMap(found -> named(found).stream())
                .anyMatch(affected -> affected.aggregate().equals(aggregate));
    }

    /** What cannot be named is passed over, and the page filled up with what comes next. */
    @Override
    public List<AffectedAggregate> affected(Span span, Set<String> groups, long above, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: must be positive, and is " + limit);
        }
        completeness.checkFor(Use.REPLAYS);
        List<AffectedAggregate> page = new ArrayList<>();
        long last = above;
        boolean atEnd = false;
        while (page.size() < limit && !atEnd) {
            int wanted = limit - page.size();
            List<Found> found = page(sources.of(span, groups, last), wanted);
            found.forEach(one -> named(one).ifPresent(page::add));
            atEnd = found.size() < wanted;
            last = atEnd ? last : found.get(found.size() - 1).number();
        }
        return page;
    }

    private List<Found> page(List<Source> all, int limit) {
        if (all.isEmpty()) {
            return List.of();
        }
        Sql sql = Sql.of("SELECT number, MIN(identifier), MIN(aggregate_type) FROM (");
        addUnion(sql, all.stream().map(source -> source.page(limit)).iterator());
        sql.add(") affected GROUP BY number ORDER BY number LIMIT " + limit);
        return database.list(sql, Found::read);
    }

    @Override
    public long countAffected(Span span, Set<String> groups, long above) {
        List<Source> all = sources.of(span, groups, above);
        if (all.isEmpty()) {
            return 0;
        }
        Sql sql = Sql.of("SELECT COUNT(DISTINCT number) FROM (");
        addUnion(sql, all.stream().map(Source::select).iterator());
        return database.list(sql.add(") affected"), row -> row.getLong(1)).get(0);
    }

    @Override
    public Impact impact(Identity trigger) {
        Sql sql = Sql.of(countEventsOf).add("SELECT identifier FROM (");
        addUnion(sql, sources.of(new EffectTable.Last(trigger, Long.MAX_VALUE)).iterator());
        return database.list(sql.add(") affected)"), row -> new Impact(row.getLong(1), row.getLong(2)))
                .get(0);
    }

    private static void addUnion(Sql sql, Iterator<Sql> parts) {
        sql.add(parts.next());
        parts.forEachRemaining(part -> sql.add(" UNION ALL ").add(part));
    }

    private Optional<AffectedAggregate> named(Found found) {
        if (found.type() == null) {
            return Optional.empty();
        }
        try {
            Identity aggregate = names.aggregate(found.type(), found.identifier());
            return Optional.of(new AffectedAggregate(found.number(), aggregate, found.type(), found.identifier()));
        } catch (InvalidInputException e) {
            return Optional.empty(); // too long, or of a class that no longer is an aggregate
        }
    }

    @Override
    public long countCauses(Span span, Set<String> groups) {
        return groups.isEmpty() ? 0 : effects.count(span) + requests.count(span, groups);
    }

    @Override
    public Map<AffectedAggregate, List<ReplayCause>> causes(
            Span span, Set<String> groups, Collection<AffectedAggregate> aggregates) {
        return groups.isEmpty() ? Map.of() : causes.of(span, groups, aggregates);
    }

    @Override
    public OptionalLong numberOf(String aggregateIdentifier) {
        return Stream.of(
                        Sql.of(numberOf, aggregateIdentifier, StreamNames.EFFECT_TYPE),
                        Sql.of(numberOfLinks, aggregateIdentifier))
                .flatMap(sql -> database.list(sql, row -> row.getLong(1)).stream())
                .filter(number -> number > 0)
                .mapToLong(number -> number)
                .findFirst();
    }

    @Override
    public Stream<NumberedEvent> events(AffectedAggregate aggregate) {
        return events.of(aggregate);
    }

    @Override
    public Map<AffectedAggregate, List<NumberedEvent>> events(Collection<AffectedAggregate> aggregates, int maxEvents) {
        return events.of(aggregates, maxEvents);
    }
}
