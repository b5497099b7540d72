package dev.coherence.value;

import java.util.Map;

/** Writes canonical JSON. */
final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    static String of(Value value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        writeText(text, out);
        return out.toString();
    }

    /** Recursion is safe: no value is deeper than {@link Limits#MAX_DEPTH}. */
    private static void write(Value value, StringBuilder out) {
        if (value instanceof MapValue map) {
            writeMap(map, out);
        } else if (value instanceof ListValue list) {
            writeList(list, out);
        } else if (value instanceof TextValue text) {
            writeText(text.value(), out);
        } else {
            out.append(value.toJson());
        }
    }

    private static void writeMap(MapValue map, StringBuilder out) {
        String separator = "{";
        for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
            out.append(separator);
            writeText(entry.getKey(), out);
            out.append(':');
            write(entry.getValue(), out);
            separator = ",";
        }
        out.append(map.entries().isEmpty() ? "{}" : "}");
    }

    private static void writeList(ListValue list, StringBuilder out) {
        String separator = "[";
        for (Value item : list.items()) {
            out.append(separator);
            write(item, out);
            separator = ",";
        }
        out.append(list.items().isEmpty() ? "[]" : "]");
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            if (Surrogates.isUnpaired(text, i)) { // in no value, but in messages about what cannot be one
                writeEscape(text.charAt(i), out);
            } else {
                writeCharacter(text.charAt(i), out);
            }
        }
        out.append('"');
    }

    private static void writeCharacter(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (needsEscape(c)) {
                    writeEscape(c, out);
                } else {
                    out.append(c);
                }
            }
        }
    }

    /** What XML, JavaScript or a database would refuse, change, or take for the end of a line. */
    private static boolean needsEscape(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\ufffe' || c == '\uffff';
    }

    private static void writeEscape(char c, StringBuilder out) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((c >> shift) & 0xf));
        }
    }
}
