package dev.coherence.spring.boot.web;

import dev.coherence.value.Value;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON of maps, lists, texts, numbers, truth values and {@link Value}s.
 *
 * <p>The application's own JSON library is not asked: it may be Jackson 2, Jackson 3 or another, and set to leave out what
 * is null or empty, or to round numbers, which would turn one conflict into another.
 */
final class JsonWriter {

    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    static String write(Object json) {
        JsonWriter writer = new JsonWriter();
        writer.any(json);
        return writer.out.toString();
    }

    private void any(Object json) {
        if (json instanceof Map<?, ?> map) {
            object(map);
        } else if (json instanceof List<?> list) {
            array(list);
        } else if (json instanceof String text) {
            text(text);
        } else if (json instanceof Value value) {
            out.append(value.masked().toJson());
        } else if (json instanceof Integer || json instanceof Long || json instanceof Boolean) {
            out.append(json);
        } else {
            throw new IllegalArgumentException("not JSON: " + json.getClass().getName());
        }
    }

    private void object(Map<?, ?> map) {
        String separator = "";
        out.append('{');
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            text(String.valueOf(entry.getKey()));
            out.append(':');
            any(entry.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void array(List<?> list) {
        String separator = "";
        out.append('[');
        for (Object item : list) {
            out.append(separator);
            any(item);
            separator = ",";
        }
        out.append(']');
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
