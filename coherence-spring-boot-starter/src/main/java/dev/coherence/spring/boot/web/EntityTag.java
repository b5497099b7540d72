package dev.coherence.spring.boot.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entity tag (RFC 9110, section 8.8.3): {@code "41@1203"} or {@code W/"41@1203"}.
 *
 * @param isWeak whether it begins with {@code W/}, which is case-sensitive
 * @param text what stands between the quotes
 */
record EntityTag(boolean isWeak, String text) {

    private static final Pattern TAG = Pattern.compile("(W/)?\"([!#-~\\x80-\\uffff]*+)\"");

    /** Reads a list of tags, in which empty elements count for nothing. Empty if it is anything else. */
    static Optional<List<EntityTag>> list(String header) {
        List<EntityTag> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(header);
        int at = endOfGap(header, 0);
        while (at < header.length()) {
            if (!matcher.region(at, header.length()).lookingAt()) {
                return Optional.empty();
            }
            tags.add(new EntityTag(matcher.group(1) != null, matcher.group(2)));
            at = endOfGap(header, matcher.end());
            if (at < header.length() && header.substring(matcher.end(), at).indexOf(',') < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(tags);
    }

    private static int endOfGap(String header, int start) {
        int at = start;
        while (at < header.length() && ", \t".indexOf(header.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }
}
