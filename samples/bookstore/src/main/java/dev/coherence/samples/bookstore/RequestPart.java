package dev.coherence.samples.bookstore;

import dev.coherence.action.Identity;
import dev.coherence.value.InvalidInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A part of the JSON that a client sent, together with its place in it.
 *
 * <p>Every method that reads returns nothing if the part is not what it should be, and notes that with the place.
 */
final class RequestPart {

    private static final Pattern PLAIN_NAME = Pattern.compile("\\w{1,40}");

    private final @Nullable JsonNode json;
    private final String place;
    private final Findings findings;

    private RequestPart(@Nullable JsonNode json, String place, Findings findings) {
        this.json = json;
        this.place = place;
        this.findings = findings;
    }

    /** The whole request. */
    static RequestPart whole(JsonNode json, Findings findings) {
        return new RequestPart(json, "", findings);
    }

    /** Whether the client sent it at all. */
    boolean isPresent() {
        return json != null;
    }

    boolean isObject() {
        return json != null && json.isObject();
    }

    boolean isNumber() {
        return json != null && json.isNumber();
    }

    boolean isNull() {
        return json != null && json.isNull();
    }

    boolean isText() {
        return json != null && json.isString();
    }

    String place() {
        return place;
    }

    Findings findings() {
        return findings;
    }

    void isWrong(String problem) {
        findings.note(place.isEmpty() ? "body" : place, problem);
    }

    /** The field, which is absent if this is not an object. */
    RequestPart field(String name) {
        return new RequestPart(json == null ? null : json.get(name), placeOf(name), findings);
    }

    /**
     * Reads an object with exactly the given fields. {@code read} reads the fields and returns how to build the result
     * from them, which is done only if nothing was wrong with them.
     */
    <T> Optional<T> object(List<String> fields, Function<RequestPart, Supplier<T>> read) {
        if (!isObject()) {
            isWrong("must be an object" + insteadOf());
            return Optional.empty();
        }
        int before = findings.count();
        refuseOtherFieldsThan(fields);
        Supplier<T> build = read.apply(this);
        return findings.count() == before ? findings.attemptBelow(place, build) : Optional.empty();
    }

    private void refuseOtherFieldsThan(List<String> fields) {
        for (String name : existing().propertyNames()) {
            if (!fields.contains(name)) {
                findings.note(placeOf(name), "is not a known field; the fields here are " + String.join(", ", fields));
            }
        }
    }

    /** Reads an array, item by item. */
    <T> List<T> items(Function<RequestPart, Optional<T>> read) {
        return items("an array", read);
    }

    /** Reads an array, item by item, where something else, that {@code expected} names too, is possible. */
    <T> List<T> items(String expected, Function<RequestPart, Optional<T>> read) {
        List<T> items = new ArrayList<>();
        if (json == null || !json.isArray()) {
            isWrong("must be " + expected + insteadOf());
            return items;
        }
        for (int i = 0; i < json.size(); i++) {
            read.apply(new RequestPart(json.get(i), place + "[" + i + "]", findings))
                    .ifPresent(items::add);
        }
        return items;
    }

    /** Reads an object whose keys are up to the client, entry by entry. */
    <T> List<T> entries(BiFunction<String, RequestPart, Optional<T>> read) {
        List<T> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : existing().properties()) {
            String entryPlace = place + "[" + InvalidInputException.quoted(entry.getKey()) + "]";
            read.apply(entry.getKey(), new RequestPart(entry.getValue(), entryPlace, findings))
                    .ifPresent(entries::add);
        }
        return entries;
    }

    Optional<String> text() {
        if (json == null || !json.isString()) {
            isWrong("must be text" + insteadOf());
            return Optional.empty();
        }
        return Optional.of(json.stringValue());
    }

    Optional<Long> wholeNumber() {
        if (json == null || !json.isIntegralNumber() || !json.canConvertToLong()) {
            isWrong("must be a whole number" + insteadOf());
            return Optional.empty();
        }
        return Optional.of(json.longValue());
    }

    Optional<BigDecimal> decimal() {
        if (json == null || !json.isNumber()) {
            isWrong("must be a number" + insteadOf());
            return Optional.empty();
        }
        return Optional.of(json.decimalValue());
    }

    Optional<Boolean> flag() {
        if (json == null || !json.isBoolean()) {
            isWrong("must be true or false" + insteadOf());
            return Optional.empty();
        }
        return Optional.of(json.booleanValue());
    }

    Optional<Identity> identity() {
        return object(List.of("kind", "id"), fields -> {
            Optional<String> kind = fields.field("kind").text();
            Optional<String> id = fields.field("id").text();
            return () -> Identity.of(kind.orElseThrow(), id.orElseThrow());
        });
    }

    /** What is there, for readers of values. */
    JsonNode existing() {
        if (json == null) {
            throw new IllegalStateException(place + " is absent");
        }
        return json;
    }

    private String placeOf(String name) {
        if (!PLAIN_NAME.matcher(name).matches()) {
            return place + "[" + InvalidInputException.quoted(name) + "]";
        }
        return place.isEmpty() ? name : place + "." + name;
    }

    private String insteadOf() {
        return json == null ? ", but is missing" : ", not " + JsonText.shown(json);
    }
}
