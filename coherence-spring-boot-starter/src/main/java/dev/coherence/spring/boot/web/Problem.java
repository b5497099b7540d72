package dev.coherence.spring.boot.web;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem document (RFC 9457). Immutable.
 *
 * @param type with its title and status
 * @param detail what is wrong here and what to do, in sentences
 * @param members what else the document says, in order, made of what {@link JsonWriter} writes
 */
record Problem(ProblemType type, String detail, Map<String, Object> members) {

    Problem {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, Map.of());
    }

    int status() {
        return type.status();
    }

    /**
     * The document as it is sent.
     *
     * @param instance the path of the request
     */
    byte[] json(String instance) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", type.uri().toString());
        document.put("title", type.title());
        document.put("status", status());
        document.put("detail", detail);
        document.put("instance", instance);
        document.putAll(members);
        return JsonWriter.write(document).getBytes(StandardCharsets.UTF_8);
    }
}
