package dev.coherence.axon.simulation;

import dev.coherence.axon.index.EventIndex;
import java.time.Duration;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Where runs take place, one after the other: events, tokens and read model in one database. */
interface Place extends AutoCloseable {

    TransactionManager transactions();

    EventIndex index();

    ReadModel readModel();

    /** Where the schedule appends. */
    EventStore eventStore();

    /**
     * The same events as a node sees them.
     *
     * @param shared whether the streams of the node share what one of them has read, as they do by default. Axon then loses
     *     or doubles a part of an event that was split, now and then: it finds its place again by the token, which is that
     *     of the part before
     */
    EmbeddedEventStore eventStoreOfNode(boolean shared);

    TokenStore tokenStore(String node, Duration claimTimeout);

    /** As if the claims of a node that has died had timed out. */
    void releaseClaimsOf(String node);

    /** As if the claims of a node had timed out, except where a transaction of it is writing to them. */
    void expireClaimsOf(String node);

    /** Whether events may be split. */
    boolean splits();

    /** Forgets the run before. */
    void clear();

    @Override
    void close();
}
