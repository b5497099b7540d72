package dev.coherence.samples.bookstore;

import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds problem documents (RFC 9457), the answer to everything that went wrong. */
final class Problem {

    private final HttpStatusCode status;
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final HttpHeaders headers = new HttpHeaders();

    private Problem(HttpStatusCode status, String type, String title, String detail) {
        this.status = status;
        json.put("type", type).put("title", title).put("status", status.value()).put("detail", detail);
    }

    /** A problem that its HTTP status describes well enough. */
    static Problem of(HttpStatusCode status, String detail) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return new Problem(status, "about:blank", known == null ? "Error" : known.getReasonPhrase(), detail);
    }

    /** An answer of the store that is not an acceptance. */
    static Problem result(HttpStatus status, String result, String detail) {
        Problem problem = new Problem(status, "urn:coherence:" + result, title(result), detail);
        problem.json.put("result", result);
        return problem;
    }

    static Problem invalidRequest(InvalidRequestException invalid) {
        Problem problem = of(HttpStatus.BAD_REQUEST, invalid.getMessage());
        ArrayNode errors = problem.json.putArray("errors");
        for (Finding finding : invalid.findings()) {
            errors.addObject().put("place", finding.place()).put("problem", finding.problem());
        }
        return problem;
    }

    /** The document, to be completed with what else the client should know. */
    ObjectNode json() {
        return json;
    }

    Problem headers(HttpHeaders more) {
        headers.addAll(more);
        return this;
    }

    ResponseEntity<ObjectNode> response() {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(json);
    }

    private static String title(String result) {
        String words = result.replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
