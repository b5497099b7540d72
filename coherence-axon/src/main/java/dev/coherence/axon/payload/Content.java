package dev.coherence.axon.payload;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is left of an object when optionals are opened. */
final class Content {

    private Content() {}

    /** The content of an optional of whatever sort, null if it is empty; any other object as it is. */
    static @Nullable Object of(@Nullable Object object) {
        if (object instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        }
        if (object instanceof OptionalInt optional) {
            return optional.isPresent() ? optional.getAsInt() : null;
        }
        if (object instanceof OptionalLong optional) {
            return optional.isPresent() ? optional.getAsLong() : null;
        }
        if (object instanceof OptionalDouble optional) {
            return optional.isPresent() ? optional.getAsDouble() : null;
        }
        return object;
    }
}
