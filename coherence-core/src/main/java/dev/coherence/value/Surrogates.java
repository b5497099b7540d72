package dev.coherence.value;

/** Half characters: a text with an unpaired one has no encoding in UTF-8, and would not come back as it was stored. */
final class Surrogates {

    private Surrogates() {}

    /** The offset of the first half of a pair that lacks its other half; -1 if there is none. */
    static int indexOfUnpaired(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnpaired(text, i)) {
                return i;
            }
        }
        return -1;
    }

    static boolean isUnpaired(String text, int offset) {
        char c = text.charAt(offset);
        if (Character.isHighSurrogate(c)) {
            return offset + 1 == text.length() || !Character.isLowSurrogate(text.charAt(offset + 1));
        }
        return Character.isLowSurrogate(c) && (offset == 0 || !Character.isHighSurrogate(text.charAt(offset - 1)));
    }
}
