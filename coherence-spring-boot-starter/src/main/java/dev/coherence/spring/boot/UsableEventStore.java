package dev.coherence.spring.boot;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.spring.boot.failure.UnusableEventStoreException;
import dev.coherence.spring.boot.store.EventIndexFactory;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;

/** The one event store of the application and its engine; or a failure that says why there is none to work with. */
final class UsableEventStore {

    private static final String AXON_SERVER = "org.axonframework.axonserver.";

    private final ObjectProvider<EventStore> stores;
    private final ObjectProvider<EventStorageEngine> engines;

    UsableEventStore(ObjectProvider<EventStore> stores, ObjectProvider<EventStorageEngine> engines) {
        this.stores = stores;
        this.engines = engines;
    }

    EventStore store() {
        List<EventStore> found = stores.stream().toList();
        if (found.isEmpty()) {
            throw new UnusableEventStoreException(
                    "coherence needs an event store, but Axon has none: there is neither an EventStorageEngine nor an"
                            + " EventStore bean. Axon makes one where it finds a DataSource or an EntityManagerFactory.",
                    "Add spring-boot-starter-jdbc or spring-boot-starter-data-jpa with a database driver, and"
                            + " spring.datasource.url unless the database is embedded." + OTHERWISE);
        }
        EventStore store = stores.getIfUnique();
        if (store == null) {
            throw new UnusableEventStoreException(
                    "coherence works with one event store, but there are %d: %s."
                            .formatted(found.size(), classNames(found)),
                    "Mark one as @Primary, or define beans of type dev.coherence.axon.index.EventIndex and"
                            + " dev.coherence.log.EventLog for the one that is meant.");
        }
        return store;
    }

    EventIndex index(ObjectProvider<EventIndexFactory> factories) {
        EventStore store = store();
        EventStorageEngine engine = engine(store);
        return factories
                .orderedStream()
                .map(factory -> factory.index(engine))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new UnusableEventStoreException(
                        "coherence works with Axon's JDBC, JPA and in-memory storage engines, but the engine is a %s."
                                .formatted(engine.getClass().getName()),
                        "Define a bean of type dev.coherence.axon.index.EventIndex for it: where the engine stores events"
                                + " in one of Axon's tables, a dev.coherence.axon.jdbc.JdbcEventIndex." + OTHERWISE));
    }

    private EventStorageEngine engine(EventStore store) {
        if (store.getClass().getName().startsWith(AXON_SERVER)) {
            throw new UnusableEventStoreException(
                    "The event store is Axon Server, with which coherence does not work: it cannot store links and events"
                            + " in one transaction there.",
                    "Set axon.axonserver.enabled=false, or axon.axonserver.event-store.enabled=false to go on using Axon"
                            + " Server for commands and queries, and give the application a database with"
                            + " spring-boot-starter-jdbc or spring-boot-starter-data-jpa." + OTHERWISE);
        }
        EventStorageEngine engine = engines.getIfUnique();
        if (engine == null) {
            long count = engines.stream().count();
            throw new UnusableEventStoreException(
                    "The event store is a %s, but %s says which storage engine it has."
                            .formatted(
                                    store.getClass().getName(),
                                    count == 0 ? "no EventStorageEngine bean" : "none of " + count + " EventStorageEngine beans"),
                    "Define its storage engine as a bean, or define a bean of type dev.coherence.axon.index.EventIndex."
                            + OTHERWISE);
        }
        return engine;
    }

    private static final String OTHERWISE = " To start without coherence, set axon.coherence.enabled=false.";

    private static List<String> classNames(List<EventStore> stores) {
        return stores.stream().map(store -> store.getClass().getName()).toList();
    }
}
