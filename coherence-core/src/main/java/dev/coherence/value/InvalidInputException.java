package dev.coherence.value;

import java.util.function.Supplier;

/**
 * Input that breaks a rule. Says where it stands ({@link #place()}), and what is wrong and how to mend it
 * ({@link #problem()}); the message is {@code <place>: <problem>}. Nothing was stored.
 *
 * <p>Immutable, hence thread-safe.
 */
public final class InvalidInputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 60;

    private final String place;
    private final String problem;

    /**
     * @param place where the input stands, such as {@code patch.assoc["a.b"]}, {@code actor.kind}, {@code revision}
     * @param problem the rule that is broken and the way out; without a trailing full stop
     */
    public InvalidInputException(String place, String problem) {
        super(place + ": " + problem);
        this.place = place;
        this.problem = problem;
    }

    /** Where the input stands, as seen from whoever threw or passed on this exception. */
    public String place() {
        return place;
    }

    /** The rule that is broken and the way out. */
    public String problem() {
        return problem;
    }

    /**
     * The same problem as seen from further out: {@code outerPlace.place}. A place that begins with a bracket is joined
     * without a dot.
     */
    public InvalidInputException within(String outerPlace) {
        String joint = place.startsWith("[") ? "" : ".";
        return new InvalidInputException(outerPlace + joint + place, problem);
    }

    /**
     * Runs {@code reading}; if it refuses its input, the exception is passed on with its place {@link #within within}
     * {@code outerPlace}.
     *
     * @throws InvalidInputException if {@code reading} throws one
     */
    public static <T> T inside(String outerPlace, Supplier<? extends T> reading) {
        try {
            return reading.get();
        } catch (InvalidInputException e) {
            throw e.within(outerPlace);
        }
    }

    /**
     * A text as messages and places show it: in double quotes, with all special characters escaped, shortened when it
     * is long. Whoever puts foreign text into a message uses this, so that no input can forge or flood a log.
     */
    public static String quoted(String text) {
        return JsonText.quoted(text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN - 1) + '…');
    }
}
