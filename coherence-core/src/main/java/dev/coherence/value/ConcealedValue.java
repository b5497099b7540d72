package dev.coherence.value;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value that is encrypted where it is stored, and was decrypted on its way here, or could not be. It shows its mask, as text
 * and as JSON; the clear value is given to who asks for it. Of this JVM only: its JSON is that of the mask. Immutable.
 */
public final class ConcealedValue implements Value {

    private final @Nullable Value clear;
    private final Value mask;

    private ConcealedValue(@Nullable Value clear, Value mask) {
        this.clear = clear;
        this.mask = requireClear("mask", mask);
    }

    /**
     * A value that could be decrypted.
     *
     * @throws InvalidInputException if one of them is encrypted
     */
    public static ConcealedValue of(Value clear, Value mask) {
        return new ConcealedValue(requireClear("clear", clear), mask);
    }

    /**
     * A value whose key has ended. Equal to no other, not even to one of the same mask.
     *
     * @throws InvalidInputException if the mask is encrypted
     */
    public static ConcealedValue forgotten(Value mask) {
        return new ConcealedValue(null, mask);
    }

    private static Value requireClear(String place, Value value) {
        if (WellFormed.present(place, value).isEncrypted()) {
            throw new InvalidInputException(place, "is encrypted, which what is concealed and its mask cannot be");
        }
        return value;
    }

    /** The value itself; empty if its key has ended. */
    public Optional<Value> clear() {
        return Optional.ofNullable(clear);
    }

    /** Itself: nothing in plain Java stands for it. */
    @Override
    public ConcealedValue toJava() {
        return this;
    }

    /** The JSON of the mask. */
    @Override
    public String toJson() {
        return mask.toJson();
    }

    @Override
    public boolean isEncrypted() {
        return true;
    }

    @Override
    public Value masked() {
        return mask;
    }

    @Override
    public int depth() {
        return Math.max(mask.depth(), clear == null ? 0 : clear.depth());
    }

    @Override
    public int elements() {
        return Math.max(mask.elements(), clear == null ? 1 : clear.elements());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ConcealedValue that
                        && clear != null
                        && clear.equals(that.clear)
                        && mask.equals(that.mask));
    }

    @Override
    public int hashCode() {
        return Objects.hash(clear, mask);
    }

    /** The mask, and nothing of the value. */
    @Override
    public String toString() {
        return "concealed[mask %s]".formatted(mask);
    }
}
