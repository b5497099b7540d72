package dev.coherence.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A JSON number: an exact decimal, equal by value. There is one zero, without a sign. Immutable.
 *
 * @param value without trailing zeros in its digits, so that equal numbers are equal objects: one hundred is {@code 1E+2}
 */
public record NumberValue(BigDecimal value) implements Value {

    /** More bits than any accepted number has before its trailing zeros go: such a number is refused unprocessed. */
    private static final int MAX_BITS = 4 * (Limits.MAX_DIGITS + Limits.MAX_EXPONENT);

    /** Up to so many zeros are written out that are no significant digits. */
    private static final int MAX_PADDING = 20;

    /**
     * @throws InvalidInputException with place {@code value}, if the number is beyond {@link Limits#MAX_DIGITS} or
     *     {@link Limits#MAX_EXPONENT}
     */
    public NumberValue {
        value = canonical(WellFormed.present("value", value));
    }

    @Override
    public Number toJava() {
        if (value.scale() > 0) {
            return value;
        }
        BigInteger integer = value.toBigIntegerExact();
        if (integer.bitLength() < Long.SIZE) {
            return integer.longValueExact();
        }
        return integer;
    }

    @Override
    public String toJson() {
        boolean plain = -value.scale() <= MAX_PADDING && value.scale() - value.precision() <= MAX_PADDING;
        return plain ? value.toPlainString() : value.toString();
    }

    @Override
    public boolean isEncrypted() {
        return false;
    }

    @Override
    public NumberValue masked() {
        return this;
    }

    @Override
    public int depth() {
        return 0;
    }

    @Override
    public int elements() {
        return 1;
    }

    @Override
    public String toString() {
        return toJson();
    }

    private static BigDecimal canonical(BigDecimal number) {
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (number.unscaledValue().bitLength() > MAX_BITS) {
            throw tooManyDigits();
        }
        BigDecimal canonical = withoutTrailingZeros(number);
        if (canonical.precision() > Limits.MAX_DIGITS) {
            throw tooManyDigits();
        }
        return canonical;
    }

    /**
     * Divides by powers of ten from large to small. {@link BigDecimal#stripTrailingZeros()} takes zero after zero, which
     * for thousands of them costs a hundred milliseconds: enough to stop a server with one request.
     */
    private static BigDecimal withoutTrailingZeros(BigDecimal number) {
        BigInteger digits = number.unscaledValue();
        long scale = number.scale();
        for (int zeros = Integer.highestOneBit(MAX_BITS); zeros > 0; zeros /= 2) {
            if (digits.getLowestSetBit() < zeros) {
                continue; // not divisible by 2^zeros, let alone by 10^zeros
            }
            BigInteger[] quotientAndRemainder = digits.divideAndRemainder(BigInteger.TEN.pow(zeros));
            if (quotientAndRemainder[1].signum() == 0) {
                digits = quotientAndRemainder[0];
                scale -= zeros;
            }
        }
        if (Math.abs(scale) > Limits.MAX_EXPONENT) {
            throw exponentTooLarge();
        }
        return new BigDecimal(digits, (int) scale);
    }

    static InvalidInputException exponentTooLarge() {
        return new InvalidInputException(
                "value",
                "a number's exponent of ten must be from -" + Limits.MAX_EXPONENT + " to " + Limits.MAX_EXPONENT
                        + "; write such a number as text");
    }

    private static InvalidInputException tooManyDigits() {
        return new InvalidInputException(
                "value",
                "a number may have at most " + Limits.MAX_DIGITS
                        + " significant digits; round it, or write it as text");
    }
}
