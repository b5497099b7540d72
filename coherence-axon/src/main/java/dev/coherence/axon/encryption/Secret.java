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
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How one component with {@code @Encrypted} is stored and read, whatever the serializer. Thread-safe. */
final class Secret {

    private final Encryption encryption;
    private final Subjects subjects;
    private final Encrypted mark;
    private final @Nullable Replacement replacement;

    private Secret(Encryption encryption, Subjects subjects, Encrypted mark) {
        this.encryption = encryption;
        this.subjects = subjects;
        this.mark = mark;
        this.replacement = mark.replacedBy() == Replacement.None.class ? null : made(mark.replacedBy());
    }

    /**
     * @throws InvalidInputException if the annotation says what cannot be
     */
    static Secret of(Encryption encryption, Subjects subjects, Encrypted mark) {
        if (mark.value().isBlank()) {
            throw new InvalidInputException("@Encrypted", "has an empty label; give it one that never changes");
        }
        if (mark.keepLast() < 0) {
            throw new InvalidInputException(
                    place(mark), "keeps fewer than no characters; let keepLast be zero or more");
        }
        return new Secret(encryption, subjects, mark);
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

    /** The JSON of what the component held when it was stored; empty if its key has ended. */
    Optional<String> open(EncryptedValue stored) {
        return encryption.decryptText(stored, mark.value());
    }

    /** What is in the place of what can be read no more. */
    Remainder remainder(EncryptedValue stored) {
        if (replacement != null) {
            return new Remainder.Made(replacement.of(mark.value(), Identity.of(stored.keyKind(), stored.keyId())));
        }
        if (!stored.mask().equals(Value.NULL)) {
            return new Remainder.Json(stored.mask().toJson());
        }
        return mark.replacement().isEmpty()
                ? new Remainder.Nothing()
                : new Remainder.Json(Value.of(mark.replacement()).toJson());
    }

    /** What is left of a secret that is forgotten. */
    sealed interface Remainder {

        /** To be read like what was stored. */
        record Json(String json) implements Remainder {}

        /** The object itself. */
        record Made(@Nullable Object object) implements Remainder {}

        /** Null. */
        record Nothing() implements Remainder {}
    }
}
