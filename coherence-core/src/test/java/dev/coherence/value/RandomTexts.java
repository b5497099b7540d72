package dev.coherence.value;

import java.util.Random;

/** Texts that give every rule about texts something to do. Seeded by whoever makes the {@link Random}. */
public final class RandomTexts {
    private static final String SPECIAL =
            ".\"\\:%!@-/'<>&;{}[],# \t\r\n\b\f\u0001\u001f\u007f\u0085\u009f\u2028\u2029\ufffe\uffff";
    private static final String PLAIN = "abcABC012 äß漢é";
    private static final String[] PAIRS = {"😀", "𝔘", "\uDBFF\uDFFF"};

    private RandomTexts() {}

    /** A text without unpaired surrogates, of up to {@code maxLength} code units, at least 1; it may hold NUL. */
    public static String wellFormed(Random random, int maxLength) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(maxLength);
        while (text.length() < length) {
            switch (random.nextInt(8)) {
                case 0, 1 -> text.append(SPECIAL.charAt(random.nextInt(SPECIAL.length())));
                case 2 -> text.append(length - text.length() < 2 ? "x" : PAIRS[random.nextInt(PAIRS.length)]);
                case 3 -> text.append(random.nextInt(4) == 0 ? '\0' : (char) random.nextInt(0xd800));
                default -> text.append(PLAIN.charAt(random.nextInt(PLAIN.length())));
            }
        }
        return text.toString();
    }

    /** Any code units, surrogates without partner among them. */
    public static String any(Random random, int maxLength) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(maxLength + 1); text.length() < length; ) {
            text.append(
                    random.nextInt(3) == 0
                            ? (char) (0xd800 + random.nextInt(0x800))
                            : SPECIAL.charAt(random.nextInt(SPECIAL.length())));
        }
        return text.toString();
    }

    /** The text with one to three characters removed, inserted or replaced. */
    public static String mutated(Random random, String text, String alphabet) {
        StringBuilder mutated = new StringBuilder(text);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(mutated.length() + 1);
            char c = alphabet.charAt(random.nextInt(alphabet.length()));
            int kind = random.nextInt(3);
            if (kind == 0 || at == mutated.length()) {
                mutated.insert(at, c);
            } else if (kind == 1) {
                mutated.setCharAt(at, c);
            } else {
                mutated.deleteCharAt(at);
            }
        }
        return mutated.toString();
    }
}
