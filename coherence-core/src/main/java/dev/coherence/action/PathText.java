package dev.coherence.action;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Limits;
import dev.coherence.value.TextValue;
import dev.coherence.value.Value;
import dev.coherence.value.WellFormed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A path as one text: its keys, quoted where necessary, joined with dots. */
final class PathText {

    private static final String PLACE = "path";

    private PathText() {}

    static String of(List<String> keys) {
        return keys.stream().map(PathText::of).collect(Collectors.joining("."));
    }

    private static String of(String key) {
        String quoted = new TextValue(key).toJson();
        boolean plain = key.indexOf('.') < 0 && quoted.length() == key.length() + 2;
        return plain ? key : quoted;
    }

    static Path parse(String text) {
        Path path = new Path(keysOf(WellFormed.present(PLACE, text)));
        String canonical = path.toString();
        if (!canonical.equals(text)) {
            throw new InvalidInputException(
                    PLACE,
                    "has one way to be written: " + InvalidInputException.quoted(canonical) + ", not "
                            + InvalidInputException.quoted(text));
        }
        return path;
    }

    /** Splits at the dots outside of quotes. */
    private static List<String> keysOf(String text) {
        List<String> keys = new ArrayList<>();
        int start = 0;
        int end;
        do {
            end = text.startsWith("\"", start) ? endOfQuoted(text, start) : endOfPlain(text, start);
            keys.add(key(text.substring(start, end), keys.size()));
            if (keys.size() > Limits.MAX_DEPTH) {
                throw new InvalidInputException(PLACE, "must have at most " + Limits.MAX_DEPTH + " keys");
            }
            start = end + 1;
        } while (end < text.length());
        return keys;
    }

    private static int endOfPlain(String text, int start) {
        int dot = text.indexOf('.', start);
        return dot < 0 ? text.length() : dot;
    }

    private static int endOfQuoted(String text, int start) {
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        int end = at + 1;
        if (at >= text.length() || (end < text.length() && text.charAt(end) != '.')) {
            throw new InvalidInputException(
                    PLACE,
                    "a key that begins with a double quote ends with one, and then comes a dot or the end; "
                            + InvalidInputException.quoted(text) + " does not keep to this");
        }
        return end;
    }

    private static String key(String written, int index) {
        if (!written.startsWith("\"")) {
            return written;
        }
        return InvalidInputException.inside(
                PLACE + "[" + index + "]", () -> ((TextValue) Value.parse(written)).value());
    }
}
