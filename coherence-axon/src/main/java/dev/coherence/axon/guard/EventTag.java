package dev.coherence.axon.guard;

import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Which command an event comes from. Nested units of work hand their events over to the outermost one, where only the
 * message itself can still tell; so it carries the identifier of the command in its metadata until it is stored.
 */
final class EventTag {

    static final String KEY = "coherence-command";

    private EventTag() {}

    static @Nullable String of(EventMessage<?> event) {
        Object tag = event.getMetaData().get(KEY);
        return tag == null ? null : tag.toString();
    }

    static MetaData without(MetaData metaData) {
        return metaData.containsKey(KEY) ? metaData.withoutKeys(Set.of(KEY)) : metaData;
    }
}
