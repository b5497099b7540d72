package dev.coherence.encryption;

import dev.coherence.action.Identity;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Value;
import dev.coherence.value.WellFormed;
import org.jspecify.annotations.Nullable;

/**
 * A value that is to be encrypted before it is stored; for a patch, in the place of the value. Immutable.
 *
 * @param clear the value itself
 * @param key the name of the key, which has to be in the vault
 * @param mask what everybody may read in its place, for ever, such as the last four digits; {@link Value#NULL} if nothing
 */
public record Encrypted(Value clear, Identity key, Value mask) {

    /**
     * @throws InvalidInputException if one is missing, or is encrypted already
     */
    public Encrypted {
        WellFormed.present("key", key);
        requireClear("clear", clear);
        requireClear("mask", mask);
    }

    private static void requireClear(String place, Value value) {
        if (WellFormed.present(place, value).isEncrypted()) {
            throw new InvalidInputException(place, "is encrypted already; give the clear value");
        }
    }

    /**
     * Without a mask.
     *
     * @param clear whatever {@link Value#of} accepts
     * @throws InvalidInputException as {@link Value#of}
     */
    public static Encrypted of(@Nullable Object clear, Identity key) {
        return new Encrypted(Value.of(clear, "clear"), key, Value.NULL);
    }

    /**
     * With a mask.
     *
     * @param newMask whatever {@link Value#of} accepts
     * @throws InvalidInputException as {@link Value#of}
     */
    public Encrypted withMask(@Nullable Object newMask) {
        return new Encrypted(clear, key, Value.of(newMask, "mask"));
    }

    /** The key and the mask, and nothing of the value. */
    @Override
    public String toString() {
        return "Encrypted[by %s, mask %s]".formatted(key, mask);
    }
}
