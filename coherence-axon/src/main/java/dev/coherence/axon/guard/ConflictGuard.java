package dev.coherence.axon.guard;

import dev.coherence.axon.conflict.LostRaceException;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.log.ConcurrentAppendException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Refuses the events of a command that are in conflict with what its sender has not seen. It is a dispatch interceptor on
 * the event store itself, where it runs right before the append and sees every event that the unit of work is going to
 * append, whoever applied it and however its aggregate was loaded. Thread-safe.
 *
 * <p>For each batch of events it does this:
 *
 * <ol>
 *   <li>It locks triggers: those of aggregates whose command has a base with a position shared, those that events link to
 *       shared, those that events fire exclusively. Who holds one of them first is committed before we look.
 *   <li>For each command with a base, and each aggregate that it appends to, it looks for unseen changes. Actions that
 *       are committed after the aggregate was loaded have taken our versions; the store's unique key refuses us then.
 *   <li>It lays each event of ours on those that nobody has resolved: the policy merges, conflict handlers decide, and
 *       what is left is a conflict. All conflicts of a command are reported at once, and nothing is stored.
 *   <li>It notes in the metadata of each event who acted, why, and over what.
 *   <li>Right after the append, it adds the effects that the events fire.
 * </ol>
 *
 * <p>Events of commands without a base go through 1, 4 and 5 only, and only if their class is annotated.
 */
public final class ConflictGuard {

    private final Guarded guarded;
    private final ConflictSearch search;
    private final EventCodec codec;

    /** Creates a guard that is not yet registered with the event store. */
    public ConflictGuard(Guarded guarded) {
        this.guarded = guarded;
        this.search = new ConflictSearch(guarded);
        this.codec = guarded.codec();
    }

    /**
     * Registers the guard with the event store.
     *
     * @return takes it away again
     */
    public Registration register() {
        List<Registration> registrations = List.of(
                guarded.eventStore().registerDispatchInterceptor(this::check),
                guarded.eventStore().subscribe(appended -> fire()));
        return () -> registrations.stream().map(Registration::cancel).reduce(true, Boolean::logicalAnd);
    }

    private BiFunction<Integer, EventMessage<?>, EventMessage<?>> check(List<? extends EventMessage<?>> messages) {
        AppendedWork work =
                CurrentUnitOfWork.isStarted() ? AppendedWork.of(CurrentUnitOfWork.get()) : new AppendedWork();
        Batch batch = Batch.of(messages, guarded, codec, work);
        Map<Integer, EventMessage<?>> changed = batch.isEmpty() ? Map.of() : check(batch, work);
        return (i, message) -> changed.getOrDefault(i, withoutTag(message));
    }

    /** Axon takes what is published now for a further batch of the same unit of work. */
    private void fire() {
        if (CurrentUnitOfWork.isStarted()) {
            List<DomainEventMessage<?>> effects =
                    AppendedWork.of(CurrentUnitOfWork.get()).takeFired();
            if (!effects.isEmpty()) {
                guarded.eventStore().publish(effects);
            }
        }
    }

    private Map<Integer, EventMessage<?>> check(Batch batch, AppendedWork work) {
        if (!CurrentUnitOfWork.isStarted() && batch.needsTransaction()) {
            throw new IllegalStateException(
                    "%s links to triggers or fires them, which takes a transaction: publish it within a unit of work"
                            .formatted(batch.firstPayloadType().getName()));
        }
        try {
            return new BatchCheck(guarded, search, codec, work, batch).run();
        } catch (ConcurrentAppendException e) {
            throw new LostRaceException(
                    "A concurrent change to the same aggregate or trigger won; send the command again", e);
        }
    }

    private static EventMessage<?> withoutTag(EventMessage<?> message) {
        return EventTag.of(message) == null ? message : message.withMetaData(EventTag.without(message.getMetaData()));
    }
}
