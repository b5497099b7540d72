package dev.coherence.samples.bookstore;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;

/** Reads the body of a request: at most a megabyte of strict JSON. */
final class JsonBody {

    static final int LARGEST = 1_000_000;

    private JsonBody() {}

    static JsonNode read(HttpServletRequest request) throws IOException {
        refuseEncoded(request);
        return parse(bytes(request));
    }

    private static void refuseEncoded(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ResponseStatusException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be sent without a Content-Encoding.");
        }
    }

    /** A body may be sent in chunks and not say how long it is, so it is counted as it comes in. */
    private static byte[] bytes(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > LARGEST) {
            throw tooLarge();
        }
        byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            throw tooLarge();
        }
        return body;
    }

    private static ResponseStatusException tooLarge() {
        return new ResponseStatusException(
                HttpStatus.CONTENT_TOO_LARGE,
                "The body may have at most " + LARGEST + " bytes; send a long history in several requests.");
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode json = JsonText.parse(body);
            if (json.isMissingNode()) {
                throw new InvalidRequestException("body", "must be a JSON object, but is empty");
            }
            return json;
        } catch (StreamReadException e) {
            throw malformed(e);
        } catch (JacksonException | NumberFormatException e) {
            throw new InvalidRequestException(
                    "body",
                    "is not JSON that can be read here: it nests too deep, or a name or number in it is too long");
        }
    }

    private static InvalidRequestException malformed(StreamReadException e) {
        TokenStreamLocation at = e.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new InvalidRequestException("body", "is not valid JSON" + where + ": " + e.getOriginalMessage());
    }
}
