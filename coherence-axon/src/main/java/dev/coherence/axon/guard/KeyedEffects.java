package dev.coherence.axon.guard;

import static dev.coherence.value.InvalidInputException.quoted;
import static java.util.Objects.requireNonNull;

import dev.coherence.action.Effect;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.log.Draft;
import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/**
 * Effects that are fired once for a key. The identifier of the event is derived from the key, and the event table holds no
 * identifier twice; so a key is used once, whoever uses it. Thread-safe.
 */
public final class KeyedEffects {

    private static final String NAMESPACE = "dev.coherence.effect\n";
    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final EventIndex index;
    private final EventCodec codec;

    /** Looks up keys in the index, and encodes effects by the codec. */
    public KeyedEffects(EventIndex index, EventCodec codec) {
        this.index = requireNonNull(index, "index");
        this.codec = requireNonNull(codec, "codec");
    }

    /** Returns the identifier of the event whose effect is fired with the key: a UUID of version 8, of a SHA-256 hash. */
    public static String identifier(String key) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(NAMESPACE + key));
        long high = (hash.getLong() & ~VERSION_BITS) | VERSION_8;
        long low = (hash.getLong() & ~VARIANT_BITS) | VARIANT;
        return new UUID(high, low).toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * Returns the number of the effect that was fired with the key. That there is none is certain only for whoever holds the
     * exclusive lock on the trigger.
     *
     * @throws InvalidInputException with place {@code key}, if it was used for another effect
     */
    public OptionalLong number(Effect effect, String key) {
        String identifier = identifier(key);
        Long number = index.numbers(List.of(identifier)).get(identifier);
        if (number == null) {
            return OptionalLong.empty();
        }
        boolean same = index.unseen(effect.trigger(), allBut(number)).stream()
                .anyMatch(event -> event.sequenceNumber() == number
                        && event.fold(action -> false, fired -> fired.effect().equals(effect)));
        if (!same) {
            throw usedFor("the effect with number " + number, effect, key);
        }
        return OptionalLong.of(number);
    }

    /** A revision that sees everything that is stored, except for one event. */
    private Revision allBut(long number) {
        long last = index.lastNumber();
        return last > number
                ? Revision.at(last).withUnseen(List.of(new NumberRange(number, number)))
                : Revision.at(number - 1);
    }

    /** Refuses a key that is in use for another effect. */
    static InvalidInputException usedFor(String other, Effect effect, String key) {
        return new InvalidInputException(
                "key",
                "%s was used for %s, which is not %s of trigger %s: a key stands for one effect; choose another"
                        .formatted(quoted(key), other, quoted(effect.reason()), effect.trigger()));
    }

    /** Returns the event that stores the effect of the draft, fired with the key, at a position of its stream from 0. */
    public DomainEventMessage<?> encode(Draft draft, long version, String key) {
        DomainEventMessage<?> message = codec.encode(draft, version);
        return new GenericDomainEventMessage<>(
                message.getType(),
                message.getAggregateIdentifier(),
                version,
                message.getPayload(),
                message.getMetaData().mergedWith(MetaData.with(CoherenceMetaData.KEY, key)),
                identifier(key),
                message.getTimestamp());
    }
}
