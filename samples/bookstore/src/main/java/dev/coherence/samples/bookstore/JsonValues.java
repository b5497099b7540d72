package dev.coherence.samples.bookstore;

import dev.coherence.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns JSON into canonical values. */
final class JsonValues {

    private JsonValues() {}

    /** The value of the JSON that stands at {@code place}. */
    static Value value(JsonNode json, String place) {
        return Value.of(java(json), place);
    }

    private static @Nullable Object java(JsonNode json) {
        return switch (json.getNodeType()) {
            case NULL -> null;
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> json.decimalValue();
            case STRING -> json.stringValue();
            case ARRAY -> list(json);
            case OBJECT -> map(json);
            default -> throw new IllegalStateException("no JSON: " + json.getNodeType());
        };
    }

    private static List<@Nullable Object> list(JsonNode array) {
        List<@Nullable Object> list = new ArrayList<>(array.size());
        for (JsonNode item : array) {
            list.add(java(item));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(JsonNode object) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            map.put(entry.getKey(), java(entry.getValue()));
        }
        return map;
    }
}
