package dev.coherence.axon.jdbc;

import static java.util.stream.Collectors.toMap;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.IndexMaintenance;
import dev.coherence.axon.index.LockMode;
import dev.coherence.axon.index.Probe;
import dev.coherence.axon.index.ReadState;
import dev.coherence.axon.index.ReplayIndex;
import dev.coherence.axon.jdbc.Completeness.Use;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.ReadQuery;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;

/**
 * The index beside Axon's JDBC and JPA engines: reads Axon's event table, and keeps tables of its own in the same
 * database. Its statements join the transaction of the present unit of work, provided that the connection provider
 * gives the connection of that transaction; hence one implementation serves both engines.
 */
public final class JdbcEventIndex implements EventIndex {

    private static final int MAX_VALUES_PER_STATEMENT = 500;

    private final StreamNames names;
    private final Database database;
    private final EventTable table;
    private final TriggerLocks locks;
    private final LinkTables links;
    private final Head head;
    private final Probes probes;
    private final UnseenEvents unseen;
    private final ActionQueries actions;
    private final ReplayIndex replays;
    private final Completeness completeness;
    private final IndexMaintenance maintenance;

    JdbcEventIndex(JdbcEventIndexBuilder builder, Dialect dialect) {
        this.table = builder.table;
        this.database = builder.database();
        this.names = builder.names;
        EventCodec codec = builder.codec();
        EventRows rows = new EventRows(database, table, builder.serializer(), builder.upcasters, codec);
        this.links = new LinkTables(database, dialect, table, builder.tables, codec, names);
        this.locks = TriggerLocks.of(database, dialect, builder.tables, names, links);
        this.head = new Head(database, table, builder.gapTimeout, builder.clock, System::nanoTime);
        this.probes = new Probes(database, dialect, table, builder.tables, names);
        this.unseen = new UnseenEvents(rows, table, links, names);
        this.actions = new ActionQueries(database, rows, table, builder.tables, names);
        StateTable states = new StateTable(database, builder.tables);
        OwnTransaction transaction = builder.transaction();
        this.completeness = new Completeness(states, head, System::nanoTime);
        this.replays = new JdbcReplayIndex(database, rows, table, builder.tables, names, completeness);
        IndexRows indexRows = new IndexRows(database, table, builder.tables);
        this.maintenance = new JdbcIndexMaintenance(new IndexParts(
                database,
                dialect,
                table,
                names,
                head,
                rows,
                new FactReader(rows, codec, names),
                indexRows,
                new Comparison(indexRows),
                states,
                completeness,
                transaction,
                builder.batchSize));
        completeness.begin(transaction);
    }

    /** Returns a builder; connection provider, transaction manager and serializer have to be given. */
    public static JdbcEventIndexBuilder builder() {
        return new JdbcEventIndexBuilder();
    }

    @Override
    public StreamNames streamNames() {
        return names;
    }

    @Override
    public void lock(SortedMap<Identity, LockMode> triggers) {
        locks.lock(triggers);
    }

    @Override
    public Map<ReadState, Probe> lockChangesTo(Set<ReadState> read, SortedMap<Identity, LockMode> others) {
        completeness.checkFor(Use.CONFLICTS);
        List<ReadState> states = List.copyOf(read);
        SortedMap<Identity, LockMode> triggers = new TreeMap<>(others);
        states.forEach(state -> triggers.putIfAbsent(state.aggregate(), LockMode.SHARED));
        List<Identity> aggregates =
                states.stream().map(ReadState::aggregate).distinct().toList();
        List<Probe> found = locks.lock(
                triggers, aggregates, states.stream().map(probes::first).toList(), Probes::read);
        return IntStream.range(0, states.size())
                .boxed()
                .collect(toMap(states::get, i -> probes.refined(states.get(i), found.get(i))));
    }

    @Override
    public SortedSet<Identity> linkedTriggers(Collection<Identity> aggregates) {
        return links.linkedTriggers(aggregates);
    }

    @Override
    public long lastNumber() {
        return head.highestNumber();
    }

    @Override
    public long nextVersion(String type, String stream) {
        Sql sql = Sql.of(
                "SELECT MAX(%s), MIN(%s), MAX(%s) FROM %s WHERE %s = ?"
                        .formatted(
                                table.sequenceNumber(),
                                table.type(),
                                table.type(),
                                table.table(),
                                table.aggregateIdentifier()),
                stream);
        return database.list(sql, row -> {
                    long last = row.getLong(1);
                    if (row.wasNull()) {
                        return 0L;
                    }
                    checkType(stream, type, row.getString(2));
                    checkType(stream, type, row.getString(3));
                    return last + 1;
                })
                .get(0);
    }

    /** Of an annotated aggregate, events may have the types of its subclasses. */
    private void checkType(String stream, String expected, String found) {
        if (!found.equals(expected) && !names.isAnnotated(expected)) {
            throw StreamNames.wrongType(stream, expected, found);
        }
    }

    @Override
    public Revision head() {
        return head.revision();
    }

    @Override
    public Probe probe(ReadState read) {
        completeness.checkFor(Use.CONFLICTS);
        return probes.probe(read);
    }

    @Override
    public List<Event> unseen(Identity aggregate, Revision base) {
        if (base.position().isPresent()) {
            completeness.checkFor(Use.CONFLICTS);
        }
        return unseen.find(aggregate, base);
    }

    @Override
    public SortedSet<Long> existing(Collection<Long> numbers) {
        SortedSet<Long> found = new TreeSet<>();
        inChunks(numbers, some -> {
            Sql sql = Sql.of("SELECT " + table.globalIndex() + " FROM " + table.table() + " WHERE ")
                    .addIn(table.globalIndex(), some);
            found.addAll(database.list(sql, row -> row.getLong(1)));
        });
        return found;
    }

    @Override
    public Stream<RecordedAction> actions(Identity aggregate) {
        return actions.of(aggregate);
    }

    @Override
    public Stream<RecordedAction> read(ReadQuery query, Revision upTo) {
        return actions.read(query, upTo);
    }

    @Override
    public void record(List<? extends EventMessage<?>> appended) {
        links.record(appended);
    }

    @Override
    public ReplayIndex replays() {
        return replays;
    }

    @Override
    public IndexMaintenance maintenance() {
        return maintenance;
    }

    @Override
    public Map<String, Long> numbers(Collection<String> eventIdentifiers) {
        Map<String, Long> numbers = new HashMap<>();
        inChunks(eventIdentifiers, some -> {
            Sql sql = Sql.of("SELECT %s, %s FROM %s WHERE "
                            .formatted(table.eventIdentifier(), table.globalIndex(), table.table()))
                    .addIn(table.eventIdentifier(), some);
            database.list(sql, row -> numbers.put(row.getString(1), row.getLong(2)));
        });
        return numbers;
    }

    @Override
    public boolean isConcurrentChange(Throwable failure) {
        return TransientFailures.isConcurrentChange(failure);
    }

    private static <T> void inChunks(Collection<T> values, Consumer<List<T>> query) {
        List<T> all = new ArrayList<>(values);
        for (int i = 0; i < all.size(); i += MAX_VALUES_PER_STATEMENT) {
            query.accept(all.subList(i, Math.min(all.size(), i + MAX_VALUES_PER_STATEMENT)));
        }
    }
}
