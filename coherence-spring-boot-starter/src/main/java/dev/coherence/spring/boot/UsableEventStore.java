package dev.coherence.spring.boot;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.spring.boot.failure.UnusableEventStoreException;
import dev.coherence.spring.boot.store.EventIndexFactory;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;

/** The event store of the application and its engine; or a failure that says why there is none to work with. */
final class UsableEventStore {

    private static final String AXON_SERVER = "org.axonframework.axonserver.";
    private static final String OTHERWISE =
            " To start without coherence, set axon.coherence.enabled=false; over an EventLog"
                    + " of the application's own, Coherence.over(log, settings) makes a Coherence all the same.";

    private final ObjectProvider<EventStore> stores;
    private final ObjectProvider<EventStorageEngine> engines;

    UsableEventStore(ObjectProvider<EventStore> stores, ObjectProvider<EventStorageEngine> engines) {
        this.stores = stores;
        this.engines = engines;
    }

    /** Returns the event store; where there are several, the primary one. */
    EventStore store() {
        EventStore store = stores.getIfUnique();
        if (store == null && stores.stream().findAny().isPresent()) {
            throw new UnusableEventStoreException(
                    "There are several EventStore beans, and none of them is primary.",
                    "Mark the one that coherence is to use as @Primary." + OTHERWISE);
        }
        if (store == null) {
            throw new UnusableEventStoreException(
                    "coherence needs an event store, but Axon has none: there is neither an EventStorageEngine nor an"
                            + " EventStore bean. Axon makes one where it finds a DataSource or an EntityManagerFactory.",
                    "Add spring-boot-starter-jdbc or spring-boot-starter-data-jpa with a database driver, and set"
                            + " spring.datasource.url." + OTHERWISE);
        }
        return store;
    }

    /** Returns the index of the first factory that knows the engine of the event store. */
    EventIndex index(ObjectProvider<EventIndexFactory> factories) {
        EventStorageEngine engine = engine(store());
        return factories
                .orderedStream()
                .map(factory -> factory.index(engine))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new UnusableEventStoreException(
                        "coherence works with Axon's JDBC, JPA (with Hibernate) and in-memory storage engines, but the engine is a %s."
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
            throw new UnusableEventStoreException(
                    "The event store is a %s, but which storage engine it has cannot be seen: there is no EventStorageEngine"
                                    .formatted(store.getClass().getName())
                            + " bean, or there are several.",
                    "Define its storage engine as the only or primary bean of that type, or define a bean of type"
                            + " dev.coherence.axon.index.EventIndex." + OTHERWISE);
        }
        return engine;
    }
}
