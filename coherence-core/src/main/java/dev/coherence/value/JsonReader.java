package dev.coherence.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads one JSON text by RFC 8259, with the limits checked on the way down. For one use. */
final class JsonReader {

    private final JsonScanner in;
    private int depth;
    private int elements;

    JsonReader(String json) {
        in = new JsonScanner(json);
    }

    Value readAll() {
        in.skipWhiteSpace();
        Value value = readValue();
        in.skipWhiteSpace();
        if (!in.atEnd()) {
            throw in.expected("nothing after the value");
        }
        return value;
    }

    /** Recursion is safe: {@link #enter} stops it at {@link Limits#MAX_DEPTH}. */
    private Value readValue() {
        if (++elements > Limits.MAX_ELEMENTS) {
            throw Extent.tooLarge(JsonScanner.PLACE);
        }
        return switch (in.peek()) {
            case '{' -> readObject();
            case '[' -> readList();
            case '"' -> readText();
            case 't' -> readLiteral("true", new BooleanValue(true));
            case 'f' -> readLiteral("false", new BooleanValue(false));
            case 'n' -> readLiteral("null", Value.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> readNumber();
            default -> throw in.expected("a value");
        };
    }

    private Value readLiteral(String literal, Value value) {
        in.skip(literal);
        return value;
    }

    private Value readText() {
        int start = in.offset();
        String text = in.readString();
        return at(start, () -> new TextValue(text));
    }

    private Value readNumber() {
        int start = in.offset();
        String number = in.readNumber();
        return at(start, () -> new NumberValue(decimal(number)));
    }

    private static BigDecimal decimal(String number) {
        try {
            return new BigDecimal(number);
        } catch (NumberFormatException e) { // the grammar is right, so its exponent is beyond that of any BigDecimal
            throw NumberValue.exponentTooLarge();
        }
    }

    private Value readList() {
        enter();
        List<Value> items = new ArrayList<>();
        in.skip("[");
        in.skipWhiteSpace();
        if (!in.skipIf(']')) {
            do {
                in.skipWhiteSpace();
                items.add(readValue());
                in.skipWhiteSpace();
            } while (in.skipIf(','));
            if (!in.skipIf(']')) {
                throw in.expected("',' or ']'");
            }
        }
        depth--;
        return new ListValue(items);
    }

    private Value readObject() {
        int start = in.offset();
        SortedMap<String, Value> entries = readEntries();
        Value reserved = entries.get(EncryptedValue.RESERVED);
        return reserved != null && entries.size() == 1
                ? at(start, () -> EncryptedValue.of(reserved))
                : at(start, () -> new MapValue(entries));
    }

    private SortedMap<String, Value> readEntries() {
        enter();
        SortedMap<String, Value> entries = new TreeMap<>();
        in.skip("{");
        in.skipWhiteSpace();
        if (!in.skipIf('}')) {
            do {
                in.skipWhiteSpace();
                readEntryInto(entries);
                in.skipWhiteSpace();
            } while (in.skipIf(','));
            if (!in.skipIf('}')) {
                throw in.expected("',' or '}'");
            }
        }
        depth--;
        return entries;
    }

    private void readEntryInto(SortedMap<String, Value> entries) {
        int start = in.offset();
        if (in.peek() != '"') {
            throw in.expected("a key in double quotes");
        }
        String key = in.readString();
        at(start, () -> WellFormed.entryKey(JsonScanner.PLACE, key));
        if (entries.containsKey(key)) {
            throw in.problem("the key " + InvalidInputException.quoted(key) + " stands twice in one object", start);
        }
        in.skipWhiteSpace();
        if (!in.skipIf(':')) {
            throw in.expected("':' after the key");
        }
        in.skipWhiteSpace();
        entries.put(key, readValue());
    }

    private void enter() {
        if (++depth > Limits.MAX_DEPTH) {
            throw Extent.tooDeep(JsonScanner.PLACE);
        }
    }

    private <T> T at(int offset, Supplier<T> making) {
        try {
            return making.get();
        } catch (InvalidInputException e) {
            throw in.problem(e.problem(), offset);
        }
    }
}
