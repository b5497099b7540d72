package dev.coherence.axon.guard;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.axon.index.LockMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * What the outermost unit of work appends, batch by batch: event handlers that run while it commits may cause further
 * batches, which see in the store what the earlier ones appended. That is never unseen. For one thread.
 */
final class AppendedWork {

    private static final String RESOURCE = AppendedWork.class.getName();

    private final Map<String, CommandContext> contexts = new HashMap<>();
    private final Map<String, Long> firstVersions = new HashMap<>();
    private final Map<Identity, LockMode> locks = new HashMap<>();
    private final Set<Identity> withChangesLocked = new HashSet<>();
    private final Map<Identity, Fired> fired = new HashMap<>();
    private final Map<String, Effect> firedByKey = new HashMap<>();
    private final List<DomainEventMessage<?>> companions = new ArrayList<>();

    /** The effects that we have fired on a trigger: those above a number, since the trigger is locked by us alone. */
    private static final class Fired {
        final long numbersAbove;
        long nextVersion;

        Fired(long numbersAbove, long nextVersion) {
            this.numbersAbove = numbersAbove;
            this.nextVersion = nextVersion;
        }
    }

    static AppendedWork of(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getOrComputeResource(RESOURCE, key -> new AppendedWork());
    }

    void add(CommandContext context) {
        contexts.put(context.id(), context);
    }

    @Nullable
    CommandContext context(@Nullable String tag) {
        return tag == null ? null : contexts.get(tag);
    }

    /** Takes note of an event of an annotated aggregate that is about to be appended. */
    void append(DomainEventMessage<?> event) {
        firstVersions.merge(event.getAggregateIdentifier(), event.getSequenceNumber(), Math::min);
    }

    /** Returns the version of the first event that this work appends to the stream; there is one. */
    long firstVersion(String stream) {
        return requireNonNull(firstVersions.get(stream), "nothing appended");
    }

    /**
     * Whether the aggregate is not yet locked with all triggers that it is linked to; from now on it counts as such. That its
     * own identity is locked says nothing of them.
     */
    boolean needsLockOfChanges(Identity aggregate) {
        locks.putIfAbsent(aggregate, LockMode.SHARED);
        return withChangesLocked.add(aggregate);
    }

    /** Whether the trigger is not yet locked at least so; from now on it counts as such. */
    boolean needsLock(Identity trigger, LockMode mode) {
        LockMode held = locks.get(trigger);
        if (held == mode || held == LockMode.EXCLUSIVE) {
            return false;
        }
        locks.put(trigger, mode);
        return true;
    }

    boolean hasFired(Identity trigger) {
        return fired.containsKey(trigger);
    }

    void beginToFire(Identity trigger, long lastNumber, long nextVersion) {
        fired.put(trigger, new Fired(lastNumber, nextVersion));
    }

    long takeEffectVersion(Identity trigger) {
        return requireNonNull(fired.get(trigger), "not begun to fire").nextVersion++;
    }

    /** The effect that this work has fired with the key. */
    @Nullable
    Effect firedWith(String key) {
        return firedByKey.get(key);
    }

    void fireWith(String key, Effect effect) {
        firedByKey.put(key, effect);
    }

    /** Keeps effects until the events that fire them were appended. */
    void fireLater(List<? extends DomainEventMessage<?>> effects) {
        companions.addAll(effects);
    }

    /** Returns the effects that were kept, once. */
    List<DomainEventMessage<?>> takeFired() {
        List<DomainEventMessage<?>> taken = List.copyOf(companions);
        companions.clear();
        return taken;
    }

    /**
     * Whether the event is an action that this work has appended to the stream, or an effect that it has fired.
     *
     * @param stream that of the aggregate for which the event was found
     */
    boolean isOurs(Event event, String stream) {
        return event.fold(action -> action.version() >= firstVersions.getOrDefault(stream, Long.MAX_VALUE), effect -> {
            Fired ours = fired.get(effect.effect().trigger());
            return ours != null && effect.sequenceNumber() > ours.numbersAbove;
        });
    }
}
