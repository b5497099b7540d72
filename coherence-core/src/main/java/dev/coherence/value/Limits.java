package dev.coherence.value;

/** The bounds of what coherence accepts. All are inclusive: exactly as much is still accepted. */
public final class Limits {

    /**
     * How many lists and maps may be nested in each other, the outermost counted. A path of {@code n} keys counts as
     * {@code n} nested maps, so that no patch can make a document nest deeper than this.
     */
    public static final int MAX_DEPTH = 64;

    /** How many values one value that enters may hold, itself and all values inside counted. */
    public static final int MAX_ELEMENTS = 100_000;

    /** UTF-16 code units in one text. */
    public static final int MAX_TEXT_LENGTH = 1_000_000;

    /** UTF-16 code units in one key of a map or a path. */
    public static final int MAX_KEY_LENGTH = 255;

    /** UTF-16 code units in a reason, in a source, and in an identity written as text. */
    public static final int MAX_NAME_LENGTH = 255;

    /** Significant digits of a number; zeros at either end do not count. */
    public static final int MAX_DIGITS = 1_000;

    /** Largest {@code |e|} of a number written as {@code digits × 10^e}, with integral digits that do not end in zero. */
    public static final int MAX_EXPONENT = 10_000;

    /** Paths in one patch. */
    public static final int MAX_PATCH_ENTRIES = 10_000;

    /** Triggers that one action declares. */
    public static final int MAX_TRIGGERS = 1_000;

    private Limits() {}
}
