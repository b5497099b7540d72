package dev.coherence.axon.encryption;

import dev.coherence.axon.annotation.Encrypted;
import dev.coherence.axon.payload.Subjects;
import dev.coherence.encryption.Encryption;
import dev.coherence.value.InvalidInputException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The secrets of one mapper, each made once, however often Jackson asks for it. Thread-safe. */
final class Secrets {

    private final Encryption encryption;
    private final Subjects subjects = new Subjects();
    private final Map<Encrypted, Secret> known = new ConcurrentHashMap<>();

    Secrets(Encryption encryption) {
        this.encryption = encryption;
    }

    /**
     * The secret of a member; null, as Jackson wants it, if it has no annotation.
     *
     * @param member its name, for messages
     * @param isWrittenOtherwise whether it has a serializer or a deserializer of its own
     * @throws InvalidInputException if it has, or the annotation says what cannot be
     */
    @Nullable
    Secret of(@Nullable Encrypted mark, String member, boolean isWrittenOtherwise) {
        if (mark == null) {
            return null;
        }
        if (isWrittenOtherwise) {
            throw new InvalidInputException(
                    member,
                    "has @Encrypted, and a serializer or deserializer of its own, of which only one can be;"
                            + " give the serializer to its type");
        }
        return known.computeIfAbsent(mark, found -> new Secret(encryption, subjects, found));
    }
}
