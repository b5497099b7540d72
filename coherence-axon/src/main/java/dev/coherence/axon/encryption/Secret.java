package dev.coherence.axon.encryption;

import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.Encrypted;
import dev.coherence.axon.annotation.Replacement;
import dev.coherence.axon.payload.Subjects;
import dev.coherence.encryption.Encryption;
import dev.coherence.value.EncryptedValue;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.TextValue;
import dev.coherence.value.Value;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How one component with {@code @Encrypted} is stored and read, whatever the serializer. Thread-safe. */
final class Secret {

    private final Encryption encryption;
    private final Subjects subjects;
    private final Encrypted mark;
    private final @Nullable Replacement replacement;

    /**
     * @throws InvalidInputException if the annotation says what cannot be
     */
    Secret(Encryption encryption, Subjects subjects, Encrypted mark) {
        if (mark.value().isBlank()) {
            throw new InvalidInputException("@Encrypted", "has an empty label; give it one that never changes");
        }
        if (mark.keepLast() < 0) {
            throw new InvalidInputException(
                    place(mark), "keeps fewer than no characters; let keepLast be zero or more");
        }
        this.encryption = encryption;
        this.subjects = subjects;
        this.mark = mark;
        this.replacement = mark.replacedBy() == Replacement.None.class ? null : made(mark.replacedBy());
    }

    private static Replacement made(Class<? extends Replacement> type) {
        try {
            Constructor<? extends Replacement> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new InvalidInputException(
                    type.getTypeName(),
                    "cannot be made; give it a constructor without parameters that does not fail: " + e);
        }
    }

    private static String place(Encrypted mark) {
        return "@Encrypted(\"" + mark.value() + "\")";
    }

    /** As messages name it. */
    String place() {
        return place(mark);
    }

    /**
     * What is stored.
     *
     * @param json the JSON of what the component holds
     * @param holders the object whose component it is, the one that holds it, and so on
     */
    EncryptedValue seal(String json, List<?> holders) {
        Identity key = subjects.of(place(), mark.key(), holders);
        HeldKeys.hold(encryption, new TreeSet<>(List.of(key)));
        return encryption.encryptText(json, mark.value(), key, mask(json));
    }

    /** The remainder that stays readable, if there is one. */
    private Value mask(String json) {
        if (mark.keepLast() == 0 || !(Value.parse(json) instanceof TextValue text)) {
            return Value.NULL;
        }
        String clear = text.value();
        int length = clear.codePointCount(0, clear.length());
        return length < 2L * mark.keepLast()
                ? Value.NULL
                : Value.of(mark.replacement()
                        + clear.substring(clear.offsetByCodePoints(clear.length(), -mark.keepLast())));
    }

    /** What the component holds now: what was stored, or if its key has ended, what is in its place. */
    Content read(EncryptedValue stored) {
        return encryption
                .decryptText(stored, mark.value())
                .<Content>map(Content.Json::new)
                .orElseGet(() -> remainder(stored));
    }

    private Content remainder(EncryptedValue stored) {
        if (replacement != null) {
            return new Content.Made(replacement.of(mark.value(), Identity.of(stored.keyKind(), stored.keyId())));
        }
        if (!stored.mask().equals(Value.NULL)) {
            return new Content.Json(stored.mask().toJson());
        }
        return mark.replacement().isEmpty()
                ? new Content.Nothing()
                : new Content.Json(Value.of(mark.replacement()).toJson());
    }

    /** What to say if the JSON cannot be read: without what Jackson says, whose messages show what they could not read. */
    String unreadable(String type, Exception problem) {
        return "%s, once decrypted, cannot be read as %s (%s)"
                .formatted(place(), type, problem.getClass().getSimpleName());
    }

    /** What a component holds. */
    sealed interface Content {

        /** What its JSON says. */
        record Json(String json) implements Content {}

        /** The object itself. */
        record Made(@Nullable Object object) implements Content {}

        /** Null. */
        record Nothing() implements Content {}
    }
}
