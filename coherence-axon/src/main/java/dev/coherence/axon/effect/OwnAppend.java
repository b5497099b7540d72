package dev.coherence.axon.effect;

import dev.coherence.CoherenceSettings;
import dev.coherence.action.Effect;
import dev.coherence.axon.OwnUnitOfWork;
import dev.coherence.axon.conflict.LostRaceException;
import dev.coherence.axon.event.EffectRequested;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.guard.KeyedEffects;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.LockMode;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.log.ConcurrentAppendException;
import dev.coherence.log.Draft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.common.AxonTransientException;
import org.axonframework.common.ExceptionUtils;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends an effect, or the request for a replay, in a transaction of its own:
 *
 * <ol>
 *   <li>It locks the trigger exclusively. Who holds it first is committed before we look.
 *   <li>It looks whether the key was used; then that is the answer.
 *   <li>It reads the version that the effect gets in the stream of its trigger, and publishes it.
 *   <li>It reads the sequence number back, and commits.
 * </ol>
 *
 * <p>Who loses a race begins anew, a few times. Thread-safe.
 */
final class OwnAppend {

    private static final Logger logger = LoggerFactory.getLogger(OwnAppend.class);
    private static final int ATTEMPTS = 3;

    private final EventStore eventStore;
    private final TransactionManager transactions;
    private final EventIndex index;
    private final EventCodec codec;
    private final KeyedEffects keyed;
    private final CoherenceSettings settings;

    OwnAppend(
            EventStore eventStore,
            TransactionManager transactions,
            EventIndex index,
            EventCodec codec,
            KeyedEffects keyed,
            CoherenceSettings settings) {
        this.eventStore = eventStore;
        this.transactions = transactions;
        this.index = index;
        this.codec = codec;
        this.keyed = keyed;
        this.settings = settings;
    }

    FireResult fire(EffectRequested request) {
        return retrying(() -> inOwnTransaction(request, unitOfWork -> fire(request, unitOfWork)));
    }

    /** Returns the number of the request. */
    long append(ReplayRequested request) {
        return retrying(() -> inOwnTransaction(
                request, unitOfWork -> append(GenericEventMessage.asEventMessage(request), unitOfWork)));
    }

    private static <T> T retrying(Supplier<T> attempt) {
        for (int i = 1; i < ATTEMPTS; i++) {
            try {
                return attempt.get();
            } catch (LostRaceException e) {
                logger.debug("Attempt {} of {} lost a race", i, ATTEMPTS, e);
            }
        }
        return attempt.get();
    }

    private <T> T inOwnTransaction(Object payload, Function<OwnUnitOfWork, T> work) {
        OwnUnitOfWork unitOfWork = OwnUnitOfWork.start(transactions, payload);
        try {
            return work.apply(unitOfWork);
        } catch (LostRaceException e) {
            throw e;
        } catch (RuntimeException e) {
            throw tellsOfRace(e) ? lostRace(e) : e;
        } finally {
            unitOfWork.rollback();
        }
    }

    private FireResult fire(EffectRequested request, OwnUnitOfWork unitOfWork) {
        Effect effect = request.effect();
        index.lock(new TreeMap<>(Map.of(effect.trigger(), LockMode.EXCLUSIVE)));
        OptionalLong before =
                request.key().map(key -> keyed.number(effect, key)).orElse(OptionalLong.empty());
        return before.isPresent()
                ? new FireResult.FiredBefore(before.getAsLong())
                : new FireResult.Fired(append(encode(effect, request.key()), unitOfWork));
    }

    private EventMessage<?> encode(Effect effect, Optional<String> key) {
        Draft draft = new Draft(effect, settings.clock().instant(), settings.source(), new TreeSet<>());
        long version = index.nextVersion(codec.type(draft), codec.stream(draft));
        return key.<EventMessage<?>>map(text -> keyed.encode(draft, version, text))
                .orElseGet(() -> codec.encode(draft, version));
    }

    /** Publishes and commits; returns the number that the message got. */
    private long append(EventMessage<?> message, OwnUnitOfWork unitOfWork) {
        AtomicLong number = new AtomicLong();
        try {
            eventStore.publish(message);
            unitOfWork.afterAppend(() -> number.set(numberOf(message)
                    .orElseThrow(() -> new IllegalStateException(
                            "An event was appended but is not found again: the index has to be set up for the database and"
                                    + " the table that the storage engine of the event store uses"))));
            unitOfWork.commit();
            return number.get();
        } catch (RuntimeException e) {
            unitOfWork.rollback();
            return numberAfterFailure(e, message, unitOfWork.hasTriedToCommit());
        }
    }

    private OptionalLong numberOf(EventMessage<?> message) {
        Long number = index.numbers(List.of(message.getIdentifier())).get(message.getIdentifier());
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /**
     * A commit may fail on the way back, when the database has done it already: then what is stored is the truth. If that
     * cannot be found out, the failure alone tells, as long as no commit was tried. Engines name a duplicate key in
     * different ways, or not at all; so look whether somebody took what we wanted.
     */
    private long numberAfterFailure(RuntimeException failure, EventMessage<?> message, boolean triedToCommit) {
        boolean lost = tellsOfRace(failure);
        try {
            OptionalLong stored = numberOf(message);
            if (stored.isPresent() && triedToCommit) {
                return stored.getAsLong();
            }
            lost = lost || stored.isPresent() || versionIsTaken(message);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            lost &= !triedToCommit;
        }
        throw lost ? lostRace(failure) : failure;
    }

    private boolean versionIsTaken(EventMessage<?> message) {
        return message instanceof DomainEventMessage<?> effect
                && index.nextVersion(effect.getType(), effect.getAggregateIdentifier()) != effect.getSequenceNumber();
    }

    /** Whether the failure says that a concurrent transaction was its cause, however it was wrapped on its way. */
    private boolean tellsOfRace(RuntimeException failure) {
        return ExceptionUtils.findException(
                                failure,
                                cause -> cause instanceof AxonTransientException
                                        || cause instanceof ConcurrentAppendException)
                        .isPresent()
                || index.isConcurrentChange(failure);
    }

    private static LostRaceException lostRace(RuntimeException failure) {
        return new LostRaceException("Concurrent transactions were in the way; nothing is stored, try again", failure);
    }
}
