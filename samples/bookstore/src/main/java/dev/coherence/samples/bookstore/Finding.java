package dev.coherence.samples.bookstore;

/**
 * One thing that is wrong with a request.
 *
 * @param place where, such as {@code history[0].action.patch.assoc["a.b"]} or the name of a query parameter
 * @param problem what is wrong and what would be right
 */
record Finding(String place, String problem) {

    private static final int LONGEST = 500;

    Finding {
        place = shortened(place);
        problem = shortened(problem);
    }

    @Override
    public String toString() {
        return place + ": " + problem;
    }

    /** Both may quote what the client sent, and that may be a megabyte long. */
    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
