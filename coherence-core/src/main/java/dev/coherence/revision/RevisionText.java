package dev.coherence.revision;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a revision: {@code [version][@position[-range(.range)*]]}, where a range is {@code n} or
 * {@code first..last}. Numbers are decimal digits without leading zeros. For one use.
 */
final class RevisionText {

    private final String text;
    private int offset;

    RevisionText(String text) {
        this.text = WellFormed.present("revision", text);
    }

    static String of(long version, long position, List<NumberRange> unseen) {
        StringBuilder out = new StringBuilder();
        if (version != Revision.NONE) {
            out.append(version);
        }
        if (position != Revision.NONE) {
            out.append('@').append(position);
        }
        char separator = '-';
        for (NumberRange range : unseen) {
            out.append(separator).append(range);
            separator = '.';
        }
        return out.toString();
    }

    /** Accepts only what {@link #of} writes, so that a revision has one text and equal texts can be compared as such. */
    Revision parse() {
        long version = text.startsWith("@") ? Revision.NONE : number();
        if (atEnd()) {
            return Revision.ofVersion(version);
        }
        skip('@');
        long position = number();
        List<NumberRange> unseen = atEnd() ? List.of() : unseen(position);
        return Revision.covering(version, position, unseen);
    }

    private List<NumberRange> unseen(long position) {
        List<NumberRange> unseen = new ArrayList<>();
        skip('-');
        long previous = -1;
        while (true) {
            NumberRange range = range(previous);
            unseen.add(range);
            if (range.last() >= position) {
                throw invalid("what was not seen must lie below the position");
            }
            if (atEnd()) {
                return List.copyOf(unseen);
            }
            skip('.');
            previous = range.last();
        }
    }

    private NumberRange range(long previous) {
        long first = number();
        if (first - 1 <= previous) {
            throw invalid("numbers not seen must ascend from 1, with a seen one between any two ranges");
        }
        if (!text.startsWith("..", offset)) {
            return new NumberRange(first, first);
        }
        offset += 2;
        long last = number();
        if (last <= first) {
            throw invalid("a range must end after its first number");
        }
        return new NumberRange(first, last);
    }

    private long number() {
        int start = offset;
        while (!atEnd() && text.charAt(offset) >= '0' && text.charAt(offset) <= '9') {
            offset++;
        }
        if (start == offset || (text.charAt(start) == '0' && offset - start > 1)) {
            offset = start;
            throw invalid("a number is written with digits 0 to 9, without a sign and leading zeros");
        }
        try {
            return Long.parseLong(text, start, offset, 10);
        } catch (NumberFormatException e) {
            offset = start;
            throw invalid("a number is at most " + Long.MAX_VALUE);
        }
    }

    private void skip(char wanted) {
        if (atEnd() || text.charAt(offset) != wanted) {
            throw invalid("expected '" + wanted + "'");
        }
        offset++;
    }

    private boolean atEnd() {
        return offset == text.length();
    }

    private InvalidInputException invalid(String rule) {
        return new InvalidInputException(
                "revision",
                InvalidInputException.quoted(text) + " is not a revision such as 41@1203, 41 or @1203-9..1190.1198: "
                        + rule + " (at offset " + offset + ")");
    }
}
