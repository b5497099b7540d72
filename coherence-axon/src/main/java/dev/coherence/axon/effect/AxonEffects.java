package dev.coherence.axon.effect;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.OwnUnitOfWork;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.event.EffectRequested;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.guard.KeyedEffects;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.replay.Impact;
import dev.coherence.axon.storage.EventCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.axonframework.common.Registration;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.scheduling.EventScheduler;
import org.axonframework.eventhandling.scheduling.ScheduleToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Effects in an Axon event store. In a transaction of its own, an effect is appended as such. Within a unit of work, and by
 * a scheduler, a {@link EffectRequested request} is published, to which the guard appends the effect in the same transaction:
 * only right before the append is it known what else has to be locked, and in which order. Thread-safe.
 */
public final class AxonEffects implements Effects, AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(AxonEffects.class);

    private final EventIndex index;
    private final EventStore eventStore;
    private final TransactionManager transactions;
    private final Supplier<Optional<EventScheduler>> scheduler;
    private final BooleanSupplier callersTransaction;
    private final Supplier<Optional<Set<String>>> groups;
    private final KeyedEffects keyed;
    private final OwnAppend own;
    private final Registration check;

    AxonEffects(AxonEffectsBuilder builder) {
        this.index = builder.index();
        this.eventStore = builder.eventStore();
        this.transactions = builder.transactions();
        this.scheduler = builder.scheduler();
        this.callersTransaction = builder.callersTransaction();
        this.groups = builder.groups();
        EventCodec codec = new EventCodec(index.streamNames());
        this.keyed = new KeyedEffects(index, codec);
        this.own = new OwnAppend(eventStore, transactions, index, codec, keyed, builder.settings());
        this.check = eventStore.subscribe(AxonEffects::checkSeenByGuard);
    }

    /** Returns a builder; event store, transaction manager, index and settings have to be given. */
    public static AxonEffectsBuilder builder() {
        return new AxonEffectsBuilder();
    }

    @Override
    public FireResult fire(Effect effect) {
        EffectRequested request = EffectRequested.of(effect);
        return isWithinTransaction() ? pending(request) : own.fire(request);
    }

    /** Within a transaction, a key that was used before is found at once, and one that nobody has used yet at the commit. */
    @Override
    public FireResult fire(Effect effect, String key) {
        EffectRequested request = EffectRequested.once(effect, key);
        if (!isWithinTransaction()) {
            return own.fire(request);
        }
        OptionalLong before = keyed.number(effect, key);
        return before.isPresent() ? new FireResult.FiredBefore(before.getAsLong()) : pending(request);
    }

    private FireResult pending(EffectRequested request) {
        publish(request);
        return new FireResult.Pending();
    }

    @Override
    public ScheduleToken schedule(Effect effect, Instant at) {
        return schedule(effect, at, UUID.randomUUID().toString());
    }

    @Override
    public ScheduleToken schedule(Effect effect, Instant at, String key) {
        return scheduler().schedule(requireNonNull(at, "at"), EffectRequested.once(effect, key));
    }

    @Override
    public void cancel(ScheduleToken token) {
        scheduler().cancelSchedule(requireNonNull(token, "token"));
    }

    private EventScheduler scheduler() {
        return scheduler
                .get()
                .orElseThrow(() -> new IllegalStateException(
                        "Effects are scheduled by Axon's EventScheduler, but there is none: configure a component or bean"
                                + " of that type, such as a JobRunrEventScheduler, with a TransactionManager"));
    }

    @Override
    public ReplayResult replay(Identity aggregate, String reason, String... groups) {
        return request(ReplayRequested.of(reason, aggregate, List.of(groups)));
    }

    @Override
    public ReplayResult replayKind(String kind, String reason, String... groups) {
        return request(ReplayRequested.ofKind(reason, kind, List.of(groups)));
    }

    @Override
    public Impact preview(Identity trigger) {
        return index.replays().impact(requireNonNull(trigger, "trigger"));
    }

    private ReplayResult request(ReplayRequested request) {
        groups.get().ifPresent(known -> warnOfUnknown(request, known));
        if (!isWithinTransaction()) {
            return new ReplayResult(OptionalLong.of(own.append(request)));
        }
        publish(request);
        return new ReplayResult(OptionalLong.empty());
    }

    /** No error, as another node may have the group; but who mistypes a name hears of it nowhere else. */
    private static void warnOfUnknown(ReplayRequested request, Set<String> known) {
        List<String> unknown = request.groups().stream()
                .filter(group -> !known.contains(group))
                .toList();
        if (!unknown.isEmpty()) {
            logger.warn(
                    "A replay to the processing groups {} is requested, of which {} are none of those of this node that take"
                            + " part in replays, {}. Only groups of other nodes can answer it; if none has such a name, nothing"
                            + " is replayed",
                    request.groups(),
                    unknown,
                    new TreeSet<>(known));
        }
    }

    private boolean isWithinTransaction() {
        return CurrentUnitOfWork.isStarted() || callersTransaction.getAsBoolean();
    }

    private void publish(Object request) {
        if (CurrentUnitOfWork.isStarted()) {
            eventStore.publish(GenericEventMessage.asEventMessage(request));
        } else {
            publishInCallersTransaction(request);
        }
    }

    /** The unit of work ends here, but its transaction is only a part of that of the caller. */
    private void publishInCallersTransaction(Object request) {
        OwnUnitOfWork unitOfWork = OwnUnitOfWork.start(transactions, request);
        try {
            eventStore.publish(GenericEventMessage.asEventMessage(request));
            unitOfWork.commit();
        } finally {
            unitOfWork.rollback();
        }
    }

    /** Without the guard, a request would be stored, and nothing come of it. */
    private static void checkSeenByGuard(List<? extends EventMessage<?>> appended) {
        for (EventMessage<?> message : appended) {
            if (message.getPayloadType() == EffectRequested.class
                    && !message.getMetaData().containsKey(CoherenceMetaData.SOURCE)) {
                throw new IllegalStateException(
                        ("%s takes part in a transaction, but the event store has no guard that would fire it: configure the"
                                        + " CoherenceModule or the starter, or fire it outside of units of work")
                                .formatted(message.getPayload()));
            }
        }
    }

    /** Ends the subscription to the event store. */
    @Override
    public void close() {
        check.cancel();
    }
}
