package dev.coherence.value;

import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A value that only those can read who have the key. As JSON, an object whose only entry has the key {@value #RESERVED}, which no
 * map may have. Equal to itself and its copies, and to nothing else: what is inside may be the same and is not compared. Immutable.
 *
 * @param keyKind the kind of the key's name; not empty
 * @param keyId the id of the key's name; not empty
 * @param label for which place it was encrypted; not empty
 * @param sealed the cipher text, in Base64
 * @param mask what everybody may read in its place, such as the last four digits; not encrypted itself
 */
public record EncryptedValue(String keyKind, String keyId, String label, String sealed, Value mask) implements Value {

    /** The key that stands for an encrypted value in JSON. */
    public static final String RESERVED = "$encrypted";

    /** Characters of a cipher text, inclusive: enough for every text of the longest length. */
    private static final int MAX_SEALED_LENGTH = 8 * Limits.MAX_TEXT_LENGTH;

    private static final Set<String> ENTRIES = Set.of("id", "kind", "label", "mask", "sealed");

    /**
     * @throws InvalidInputException naming the component that is malformed, among them a cipher text that is not written in
     *     Base64 in the one way that it has, and a mask that is encrypted
     */
    public EncryptedValue {
        WellFormed.name("keyKind", keyKind);
        WellFormed.name("keyId", keyId);
        WellFormed.present("label", label);
        WellFormed.text("label", label);
        checkSealed(WellFormed.present("sealed", sealed));
        if (WellFormed.present("mask", mask).isEncrypted()) {
            throw new InvalidInputException("mask", "must not be encrypted, as it is there for those without the key");
        }
    }

    private static void checkSealed(String sealed) {
        if (sealed.length() > MAX_SEALED_LENGTH || !isCanonical(sealed)) {
            throw new InvalidInputException(
                    "sealed", "is not Base64 with padding, of at most %d characters".formatted(MAX_SEALED_LENGTH));
        }
    }

    private static boolean isCanonical(String sealed) {
        try {
            return Base64.getEncoder()
                    .encodeToString(Base64.getDecoder().decode(sealed))
                    .equals(sealed);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Reads what stands under {@link #RESERVED}.
     *
     * @throws InvalidInputException if that is not what {@link #toJson()} writes there
     */
    static EncryptedValue of(Value content) {
        if (!(content instanceof MapValue map) || !map.entries().keySet().equals(ENTRIES)) {
            throw new InvalidInputException(
                    "value[\"" + RESERVED + "\"]",
                    "is reserved for encrypted values, and must hold exactly " + ENTRIES);
        }
        Map<String, Value> entries = map.entries();
        return new EncryptedValue(
                text(entries, "kind"),
                text(entries, "id"),
                text(entries, "label"),
                text(entries, "sealed"),
                mask(entries));
    }

    private static String text(Map<String, Value> entries, String key) {
        if (entries.get(key) instanceof TextValue text) {
            return text.value();
        }
        throw new InvalidInputException("value[\"" + RESERVED + "\"][\"" + key + "\"]", "must be a text");
    }

    private static Value mask(Map<String, Value> entries) {
        return WellFormed.present("mask", entries.get("mask"));
    }

    /** Itself: nothing in plain Java stands for it. */
    @Override
    public EncryptedValue toJava() {
        return this;
    }

    @Override
    public String toJson() {
        Map<String, Value> entries = new TreeMap<>();
        entries.put("id", new TextValue(keyId));
        entries.put("kind", new TextValue(keyKind));
        entries.put("label", new TextValue(label));
        entries.put("mask", mask);
        entries.put("sealed", new TextValue(sealed));
        return "{\"" + RESERVED + "\":" + new MapValue(entries).toJson() + "}";
    }

    @Override
    public boolean isEncrypted() {
        return true;
    }

    @Override
    public Value masked() {
        return mask;
    }

    @Override
    public int depth() {
        return 2 + mask.depth();
    }

    @Override
    public int elements() {
        return Math.addExact(ENTRIES.size() + 1, mask.elements());
    }

    /** The mask, and by which key it is encrypted. */
    @Override
    public String toString() {
        return "encrypted[by %s:%s, mask %s]".formatted(keyKind, keyId, mask);
    }
}
