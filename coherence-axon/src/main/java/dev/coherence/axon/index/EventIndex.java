package dev.coherence.axon.index;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.ConcurrentAppendException;
import dev.coherence.log.ReadQuery;
import dev.coherence.revision.Revision;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;

/**
 * What coherence has to know about an Axon event store beyond Axon's own interface, for one kind of storage engine.
 * Sequence numbers are positions in the global order of the store, from 1.
 *
 * <p>Implementations are thread-safe. A call inside a unit of work joins its transaction; outside of one it runs in a
 * transaction of its own, except for {@link #lock} and {@link #record}, which need one.
 */
public interface EventIndex {

    /** Returns how identities map to the streams of the store. */
    StreamNames streamNames();

    /**
     * Locks the triggers until the end of the present transaction, in an order that all transactions share, and waits for
     * those who hold them. After it, every read of this transaction sees what the earlier holders committed.
     *
     * @throws ConcurrentAppendException if the store refused, to end a deadlock or because of a time limit
     * @throws IllegalStateException outside of a transaction, or in one whose isolation level makes the locks worthless
     */
    void lock(SortedMap<Identity, LockMode> triggers);

    /**
     * Locks what changes to the aggregates depend on: shared the identities of the aggregates, and the triggers that stored
     * actions on them link to; and the others in their modes. Where an identity is wanted in both, it is locked
     * exclusively. Then it probes, in as few round trips to the database as possible.
     *
     * <p>A link that somebody commits while this call waits may be missed by the locks. So it is sound for aggregates that
     * the caller has read before, and appends to with the versions that it read: the action that made such a link has taken
     * one of these versions.
     *
     * @param read the aggregates, and up to where the caller knows them
     * @return what {@link #probe} tells with the locks held, for each of them
     * @throws ConcurrentAppendException as {@link #lock} does
     * @throws IllegalStateException as {@link #lock} does
     */
    Map<ReadState, Probe> lockChangesTo(Set<ReadState> read, SortedMap<Identity, LockMode> others);

    /** Returns the triggers that stored actions on any of the aggregates link to; without their own identities. */
    SortedSet<Identity> linkedTriggers(Collection<Identity> aggregates);

    /** Returns the highest visible sequence number, 0 if there is none. */
    long lastNumber();

    /**
     * Returns the version that the next event of the stream gets, from 0.
     *
     * @throws IllegalStateException if the stream holds events of another type, unless the type is an annotated kind
     */
    long nextVersion(String type, String stream);

    /**
     * Returns a revision that covers exactly what is visible now. Positions below its own that may still be filled by a
     * transaction in flight are listed as unseen.
     */
    Revision head();

    /**
     * Tells at once, and in one statement, whether {@link #unseen} would find effects, and up to where the store reaches.
     * Actions are not looked for: versions tell about them. Of a base without a position effects are not asked for.
     */
    Probe probe(ReadState read);

    /**
     * Returns the actions on the aggregate, and the effects on its own identity and on the triggers it is linked to, that
     * the base does not see, by ascending sequence number.
     */
    List<Event> unseen(Identity aggregate, Revision base);

    /** Returns those of the numbers that are numbers of visible events. */
    SortedSet<Long> existing(Collection<Long> numbers);

    /** Returns all actions on the aggregate, ascending. To be closed. */
    Stream<RecordedAction> actions(Identity aggregate);

    /**
     * Returns the actions that {@link dev.coherence.log.EventLog#read} promises, as far as {@code head} sees them. To be
     * closed.
     */
    Stream<RecordedAction> read(ReadQuery query, Revision head);

    /**
     * Called with events right after they were appended, in the same transaction: stores links, effects and requests for
     * replays.
     *
     * @throws dev.coherence.axon.payload.InvalidEventClassException if an event of an annotated aggregate is of a class
     *     with mistakes
     * @throws dev.coherence.value.InvalidInputException if an event links to what is no trigger, or to too many
     */
    void record(List<? extends EventMessage<?>> appended);

    /** Returns what replays ask for. */
    ReplayIndex replays();

    /** Returns what builds and verifies what the index stores; for an index that stores nothing, what says that it is complete. */
    IndexMaintenance maintenance();

    /** Returns the sequence numbers of visible events by their (Axon) event identifiers; unknown ones are left out. */
    Map<String, Long> numbers(Collection<String> eventIdentifiers);

    /**
     * Whether the failure of a transaction came from concurrent ones, as far as the store's own error codes tell (a
     * deadlock, say); a duplicate key is not told here, since it may be one of somebody else's table.
     */
    boolean isConcurrentChange(Throwable failure);
}
