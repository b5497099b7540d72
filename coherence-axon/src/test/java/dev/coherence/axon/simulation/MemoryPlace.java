package dev.coherence.axon.simulation;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.simulation.MemoryDatabase.Table;
import dev.coherence.axon.simulation.MemoryTokenStore.Entry;
import dev.coherence.axon.storage.StreamNames;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** The gap-producing engine, and all else in the same {@link MemoryDatabase}. */
final class MemoryPlace implements Place {

    private MemoryDatabase database;
    private GapProducingEngine engine;
    private EventIndex index;
    private ReadModel readModel;
    private Table<Integer, Entry> tokens;
    private EmbeddedEventStore eventStore;

    MemoryPlace() {
        clear();
    }

    @Override
    public void clear() {
        database = new MemoryDatabase();
        engine = new GapProducingEngine(database);
        index = index(engine);
        readModel = new MemoryReadModel(database);
        tokens = database.table();
        eventStore = EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    /**
     * The index of Axon's own engine in memory, which has no gaps. Its one lock is left out: the schedule does not let two
     * transactions wait for each other.
     */
    private static EventIndex index(GapProducingEngine engine) {
        EventIndex withoutGaps = new InMemoryEventIndex(engine.atOneMoment(), StreamNames.withoutAnnotatedKinds());
        return (EventIndex) Proxy.newProxyInstance(
                EventIndex.class.getClassLoader(), new Class<?>[] {EventIndex.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("head")) {
                        return engine.head();
                    }
                    if (method.getName().equals("lock")) {
                        return null;
                    }
                    try {
                        return method.invoke(withoutGaps, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public TransactionManager transactions() {
        return database;
    }

    @Override
    public EventIndex index() {
        return index;
    }

    @Override
    public ReadModel readModel() {
        return readModel;
    }

    @Override
    public EventStore eventStore() {
        return eventStore;
    }

    @Override
    public EmbeddedEventStore eventStoreOfNode(boolean shared) {
        return EmbeddedEventStore.builder()
                .storageEngine(engine)
                .fetchDelay(5)
                .optimizeEventConsumption(shared)
                .build();
    }

    @Override
    public TokenStore tokenStore(String node, Duration claimTimeout) {
        return new MemoryTokenStore(tokens, node, claimTimeout);
    }

    @Override
    public void releaseClaimsOf(String node) {
        database.executeInTransaction(() -> {
            TokenStore store = tokenStore(node, Duration.ZERO);
            tokens.all().keySet().forEach(segment -> store.releaseClaim("", segment));
        });
    }

    @Override
    public void expireClaimsOf(String node) {
        database.executeInTransaction(() -> tokens.all().keySet().stream()
                .filter(tokens::tryLock)
                .forEach(segment -> {
                    Entry entry = tokens.get(segment);
                    if (entry != null && node.equals(entry.owner())) {
                        tokens.put(segment, new Entry(entry.token(), node, Instant.EPOCH));
                    }
                }));
    }

    @Override
    public boolean splits() {
        return true;
    }

    @Override
    public void close() {
        eventStore.shutDown();
    }
}
