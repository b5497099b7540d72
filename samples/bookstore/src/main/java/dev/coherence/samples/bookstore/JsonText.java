package dev.coherence.samples.bookstore;

import dev.coherence.value.InvalidInputException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as text: strict when read, exact in its numbers. */
final class JsonText {

    /** Enough that the rules for numbers are those of coherence, and little enough that a number is read in no time. */
    private static final int LONGEST_NUMBER = 12_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonText() {}

    /** Reads one JSON value that fills the whole body. */
    static JsonNode parse(byte[] body) {
        return MAPPER.readTree(body);
    }

    static byte[] bytes(JsonNode json) {
        return MAPPER.writeValueAsBytes(json);
    }

    /** A value as an error message shows it. */
    static String shown(JsonNode json) {
        if (json.isObject()) {
            return "an object";
        }
        if (json.isArray()) {
            return "an array";
        }
        return json.isString() ? InvalidInputException.quoted(json.stringValue()) : json.toString();
    }
}
