package dev.coherence.value;

import org.jspecify.annotations.Nullable;

/**
 * A JSON value in canonical form, or an encrypted value, or one that has such inside. Two values are equal exactly if they
 * mean the same JSON: numbers are equal by value ({@code 1}, {@code 1L} and {@code 1.0} are one number), maps whatever the
 * order of their entries.
 *
 * <p>Values are deeply immutable, hence thread-safe: what they are made of is copied. Depth and length of texts are
 * bounded for every value ({@link Limits}); the number of elements is bounded for every value that enters, through
 * {@link #of}, {@link #parse} or a patch. A document may grow beyond it, patch by patch.
 */
public sealed interface Value
        permits NullValue, BooleanValue, NumberValue, TextValue, ListValue, MapValue, EncryptedValue, ConcealedValue {

    /** JSON null. A value like any other: not the absence of one. */
    Value NULL = new NullValue();

    /**
     * The canonical value of a Java object: null, {@link Boolean}, {@link Byte}, {@link Short}, {@link Integer},
     * {@link Long}, {@link java.math.BigInteger}, {@link Float}, {@link Double}, {@link java.math.BigDecimal},
     * {@link CharSequence}, {@link java.util.List}, an array (but not of bytes or chars, which mean no list),
     * {@link java.util.Map} with {@link String} keys, {@code Value}; elements of lists, arrays and maps likewise.
     * Everything is copied. A {@code Float} or {@code Double} means the decimal number that it prints as.
     *
     * @throws InvalidInputException if anything in it is of another type, not finite, or beyond {@link Limits}; the
     *     place says where inside the value, such as {@code value["tags"][2]}
     */
    static Value of(@Nullable Object java) {
        return of(java, "value");
    }

    /**
     * Like {@link #of(Object)}, for a value that stands at {@code place} of a greater whole; places in errors begin with
     * it.
     *
     * @throws InvalidInputException as {@link #of(Object)}
     */
    static Value of(@Nullable Object java, String place) {
        return new JavaReader(place).read(java);
    }

    /**
     * Reads one JSON text, strictly by RFC 8259. Accepts every {@link #toJson()} of a value with at most
     * {@link Limits#MAX_ELEMENTS} elements and gives back an equal value; other ways to write the same JSON are read as
     * well.
     *
     * @throws InvalidInputException with place {@code json}, if the text is not JSON, if an object has a key twice, if
     *     text follows the value, or if something is beyond {@link Limits}
     */
    static Value parse(String json) {
        return new JsonReader(json).readAll();
    }

    /**
     * This value as plain Java: null, {@link Boolean}, {@link Long} if integral and in its range, else
     * {@link java.math.BigInteger} if integral, else {@link java.math.BigDecimal}; {@link String}; unmodifiable
     * {@link java.util.List} and {@link java.util.Map} (in order of keys), which may hold null; an encrypted or concealed
     * value is itself. {@code of(v.toJava())} equals {@code v} as long as it is within the limits of {@link #of}.
     */
    @Nullable
    Object toJava();

    /**
     * The canonical JSON text: no white space; keys in order of their UTF-16 code units; one way to write each number;
     * control characters, line separators and noncharacters of the basic plane escaped, so that the text survives XML
     * and SQL. Equal values have equal texts.
     */
    String toJson();

    /** Whether it is an {@link EncryptedValue} or a {@link ConcealedValue}, or any value inside is. */
    boolean isEncrypted();

    /** This value with the mask of each encrypted value in its place: what may be shown to everybody. */
    Value masked();

    /** How many lists and maps are nested in each other, the outermost counted: 0 for anything else, 1 for {@code []}. */
    int depth();

    /** How many values this is, itself and all values inside counted; {@link Integer#MAX_VALUE} if more. */
    int elements();
}
