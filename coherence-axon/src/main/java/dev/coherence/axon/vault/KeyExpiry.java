package dev.coherence.axon.vault;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.effect.Effects;
import dev.coherence.axon.effect.FireResult;
import dev.coherence.key.KeyInfo;
import dev.coherence.key.KeyVault;
import dev.coherence.key.UnknownKeyException;
import dev.coherence.value.WellFormed;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends keys, by request or because their time is over, and fires the effects that say so. Thread-safe; on any number of nodes.
 *
 * <ol>
 *   <li>Destroy the key, and commit.
 *   <li>Fire an effect on the trigger that has the name of the key, once for the key, whoever tries.
 *   <li>Note the number of the effect with what is left of the key.
 * </ol>
 *
 * <p>A crash between any two of them leaves a key that has ended and is not told; the next round, on whatever node, does the rest.
 */
public final class KeyExpiry implements AutoCloseable {

    /** The reason of the effects, unless another one is given. */
    public static final String REASON = "key-expired";

    private static final int AT_A_TIME = 100;
    private static final Logger logger =
            LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

    private final KeyVault vault;
    private final Effects effects;
    private final String reason;
    private @Nullable ScheduledExecutorService rounds;

    /** With the standard {@link #REASON}. */
    public KeyExpiry(KeyVault vault, Effects effects) {
        this(vault, effects, REASON);
    }

    /**
     * @param vault has the keys
     * @param effects fires the effects
     * @param reason that of the effects; 1 to {@link dev.coherence.value.Limits#MAX_NAME_LENGTH} UTF-16 code units
     */
    public KeyExpiry(KeyVault vault, Effects effects, String reason) {
        this.vault = requireNonNull(vault, "vault");
        this.effects = requireNonNull(effects, "effects");
        this.reason = WellFormed.name("reason", reason);
    }

    /**
     * Ends a key now. When this returns it is destroyed, whatever becomes of the transaction of the caller. Does nothing to a key that
     * has ended before, but sees to it that its end is told.
     *
     * @return the number of the effect; empty if the caller is in a transaction: then the effect is fired when that commits, and else
     *     in the next {@linkplain #round round}
     * @throws UnknownKeyException if there is no such key
     * @throws dev.coherence.axon.conflict.LostRaceException if the effect could not be fired, as concurrent transactions were in the
     *     way. The key is destroyed; the next round tells it.
     */
    public OptionalLong expire(Identity name) {
        KeyInfo ended = vault.end(name);
        return ended.effect().isPresent() ? OptionalLong.of(ended.effect().get()) : tell(name);
    }

    /**
     * Ends all keys whose time is over, and tells all ends that are not told yet. Several nodes may do this at the same time.
     *
     * @return how many keys this call has ended
     */
    public int round() {
        int ended = 0;
        List<KeyInfo> some;
        do {
            some = vault.endDue(AT_A_TIME);
            ended += some.size();
        } while (some.size() == AT_A_TIME);
        tellAll();
        return ended;
    }

    private void tellAll() {
        List<KeyInfo> some;
        boolean goesOn;
        do {
            some = vault.untold(AT_A_TIME);
            goesOn = some.size() == AT_A_TIME;
            for (KeyInfo key : some) {
                goesOn &= tell(key.name()).isPresent(); // else the same ones would come again
            }
        } while (goesOn);
    }

    private OptionalLong tell(Identity name) {
        FireResult result = effects.fire(new Effect(reason, name), idempotencyKey(name));
        result.number().ifPresent(number -> vault.told(name, number));
        return result.number();
    }

    /** Of one length, as the name may be as long as the key may be at most. */
    private static String idempotencyKey(Identity name) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(name.toString().getBytes(StandardCharsets.UTF_8));
            return "key-ended-" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /**
     * Does a {@link #round} again and again, on a thread of its own, the first one at once. A round that fails is logged, and tried
     * again after the interval.
     *
     * @param interval between the end of one round and the next one; positive. Keys end at most so much later than they should, and
     *     nothing is encrypted with them meanwhile.
     * @throws IllegalStateException if that was started before
     */
    public synchronized void start(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("the interval is %s; it has to be positive".formatted(interval));
        }
        if (rounds != null) {
            throw new IllegalStateException("the rounds have been started already");
        }
        rounds = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "coherence key expiry");
            thread.setDaemon(true);
            return thread;
        });
        var unused = rounds.scheduleWithFixedDelay(this::tryRound, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void tryRound() {
        try {
            int ended = round();
            if (ended > 0) {
                logger.info("{} keys have ended, as their time was over", ended);
            }
        } catch (RuntimeException e) {
            logger.warn("Keys whose time is over could not all be ended, or their ends not be told; trying again", e);
        }
    }

    /** Does no more rounds. One that is under way is finished by itself. */
    @Override
    public synchronized void close() {
        if (rounds != null) {
            rounds.shutdown();
        }
    }
}
