package dev.coherence.samples.bookstore;

import dev.coherence.action.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the identity at the end of a request's path, {@code .../kind/id}.
 *
 * <p>An id may have any character. A path variable would lose what follows a semicolon, and bytes that are no text.
 */
final class IdentityInPath {

    private IdentityInPath() {}

    static Identity of(HttpServletRequest request) {
        String[] segments = request.getRequestURI().split("/", -1);
        Findings findings = new Findings();
        Optional<String> kind = decoded("kind", segments[segments.length - 2], findings);
        Optional<String> id = decoded("id", segments[segments.length - 1], findings);
        findings.refuseIfAny();
        Optional<Identity> identity = findings.attempt(() -> Identity.of(kind.orElseThrow(), id.orElseThrow()));
        findings.refuseIfAny();
        return identity.orElseThrow();
    }

    /**
     * The ISBN of a book at the end of the path. The identifier of an annotated aggregate is used as it is, so that it must
     * not look like that of a plain one.
     */
    static String isbn(HttpServletRequest request) {
        String isbn = of(request).id();
        if (isbn.contains(":") || isbn.contains("!")) {
            throw new InvalidRequestException("isbn", "must have neither a colon nor an exclamation mark");
        }
        return isbn;
    }

    private static Optional<String> decoded(String place, String segment, Findings findings) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(segment)))
                    .toString());
        } catch (CharacterCodingException | NumberFormatException e) {
            findings.note(place, "must be percent-encoded UTF-8");
            return Optional.empty();
        }
    }

    private static byte[] bytes(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(segment, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }
}
