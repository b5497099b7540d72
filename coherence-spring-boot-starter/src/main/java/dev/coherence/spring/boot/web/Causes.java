package dev.coherence.spring.boot.web;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.messaging.RemoteHandlingException;
import org.axonframework.messaging.RemoteNonTransientHandlingException;
import org.jspecify.annotations.Nullable;

/**
 * A failure with its chain of causes. Of the chain of a remote handler's exception descriptions are left: for each
 * exception the name of its class and its message. (From Axon Server's command bus, the messages only.)
 */
record Causes(Throwable failure) {

    /** The first exception of the type, thrown here. */
    <T extends Throwable> Optional<T> first(Class<T> type) {
        return all().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** Whether there is an exception of the type, or a remote one of exactly this class. */
    boolean have(Class<? extends Throwable> type) {
        return all().anyMatch(cause -> type.isInstance(cause)
                || descriptions(cause).stream().anyMatch(text -> text.startsWith(type.getName() + ":")));
    }

    private Stream<Throwable> all() {
        return Stream.iterate(failure, (@Nullable Throwable cause) -> cause != null, Throwable::getCause);
    }

    private static List<String> descriptions(Throwable cause) {
        if (cause instanceof RemoteHandlingException remote) {
            return remote.getExceptionDescriptions();
        }
        return cause instanceof RemoteNonTransientHandlingException remote
                ? remote.getExceptionDescriptions()
                : List.of();
    }
}
