package dev.coherence.value;

/** The characters of a JSON text and its smallest units: white space, literals, strings and numbers. For one use. */
final class JsonScanner {

    /** The place that errors name. */
    static final String PLACE = "json";

    /** What {@link #peek} gives at the end: no JSON text has this character outside of a string. */
    private static final char END = '\uffff';

    /** More characters than {@link NumberValue#toJson} ever writes: reading a number costs the square of its length. */
    private static final int MAX_NUMBER_LENGTH = Limits.MAX_DIGITS + 100;

    private final String json;
    private int offset;

    JsonScanner(String json) {
        this.json = WellFormed.present(PLACE, json);
    }

    int offset() {
        return offset;
    }

    boolean atEnd() {
        return offset == json.length();
    }

    char peek() {
        return atEnd() ? END : json.charAt(offset);
    }

    boolean skipIf(char wanted) {
        boolean there = !atEnd() && json.charAt(offset) == wanted;
        if (there) {
            offset++;
        }
        return there;
    }

    void skip(String wanted) {
        if (!json.startsWith(wanted, offset)) {
            throw expected(wanted);
        }
        offset += wanted.length();
    }

    void skipWhiteSpace() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            offset++;
        }
    }

    /** Reads {@code "…"} and gives what it stands for; unpaired surrogates are not noticed here. */
    String readString() {
        skip("\"");
        StringBuilder text = new StringBuilder();
        while (!skipIf('"')) {
            if (atEnd()) {
                throw expected("'\"' at the end of a string");
            }
            if (peek() < ' ') {
                throw expected("control characters in a string as \\u00..");
            }
            char c = json.charAt(offset++);
            text.append(c == '\\' ? readEscape() : c);
        }
        return text.toString();
    }

    private char readEscape() {
        char c = peek();
        char meaning = switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex(offset + 1);
            default -> throw expected("one of \" \\ / b f n r t u after a backslash");
        };
        offset += c == 'u' ? 5 : 1;
        return meaning;
    }

    private char hex(int start) {
        int code = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = i < json.length() && json.charAt(i) < 0x80 ? Character.digit(json.charAt(i), 16) : -1;
            if (digit < 0) {
                throw expected("four hexadecimal digits after \\u");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    String readNumber() {
        int start = offset;
        skipIf('-');
        if (!skipIf('0')) {
            skipDigits();
        }
        if (skipIf('.')) {
            skipDigits();
        }
        if (skipIf('e') || skipIf('E')) {
            if (!skipIf('+')) {
                skipIf('-');
            }
            skipDigits();
        }
        if (offset - start > MAX_NUMBER_LENGTH) {
            throw problem(
                    "a number is written with more than " + MAX_NUMBER_LENGTH
                            + " characters; write it with an exponent, or as text",
                    start);
        }
        return json.substring(start, offset);
    }

    private void skipDigits() {
        if (!isDigit(peek())) {
            throw expected("a digit");
        }
        while (isDigit(peek())) {
            offset++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    InvalidInputException expected(String what) {
        String found = atEnd()
                ? "the end"
                : InvalidInputException.quoted(new String(Character.toChars(json.codePointAt(offset))));
        return problem("expected " + what + ", found " + found, offset);
    }

    InvalidInputException problem(String problem, int where) {
        return new InvalidInputException(PLACE, problem + " (at offset " + where + ")");
    }
}
