package dev.coherence.axon.storage;

import dev.coherence.action.Action;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.axon.payload.EventDescriptor;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.value.InvalidInputException;
import java.lang.invoke.MethodHandles;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.UnknownSerializedType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events that annotated aggregates apply, of whatever class, as actions. What cannot be read counts as an action
 * that touches everything, since a check must not pass over it; it is reported in the log, once for each class. Thread-safe.
 */
final class TypedEvents {

    private static final Logger logger =
            LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

    private final StreamNames names;
    private final EventDescriptors descriptors;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    TypedEvents(StreamNames names, EventDescriptors descriptors) {
        this.names = names;
        this.descriptors = descriptors;
    }

    /** What an event says by its class and its payload. */
    private record Content(String reason, Patch patch, SortedSet<Identity> links) {}

    /** Returns nothing if the event belongs to no annotated aggregate, or to one that no identity can name. */
    Optional<Action> action(DomainEventMessage<?> message) {
        if (!names.isAnnotatedType(message.getType())) {
            return Optional.empty();
        }
        Identity aggregate;
        try {
            aggregate = names.aggregate(message.getType(), message.getAggregateIdentifier());
        } catch (InvalidInputException e) {
            report(message.getType(), "Some aggregates of type {} cannot be named, and are passed over: {}", e);
            return Optional.empty();
        }
        return Optional.of(action(message, aggregate));
    }

    private Action action(DomainEventMessage<?> message, Identity aggregate) {
        EventMetaData metaData = EventMetaData.of(message);
        Content content = content(message, aggregate);
        return new Action(
                metaData.reason().orElse(content.reason),
                metaData.actor(),
                aggregate,
                content.patch,
                metaData.triggers().orElse(content.links));
    }

    private Content content(DomainEventMessage<?> message, Identity aggregate) {
        Class<?> type = message.getPayloadType();
        try {
            if (type == UnknownSerializedType.class) {
                return unknown((UnknownSerializedType) message.getPayload());
            }
            EventDescriptor descriptor = descriptors.of(type);
            Object payload = message.getPayload();
            Patch patch =
                    descriptor.patch(payload, message.getAggregateIdentifier(), names.identifierName(aggregate.kind()));
            return new Content(descriptor.reason(), patch, checkedLinks(descriptor, payload));
        } catch (RuntimeException | LinkageError e) {
            report(type.getName(), "Events of {} cannot be read, and count as touching everything: {}", e);
            return touchingEverything(type.getName());
        }
    }

    private Content unknown(UnknownSerializedType payload) {
        String type = payload.serializedType().getName();
        report(type, "Events of {} count as touching everything: {}", new ClassNotFoundException(type));
        return touchingEverything(type);
    }

    private static Content touchingEverything(String className) {
        String simpleName = className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
        String reason = EventMetaData.name(simpleName).orElse("unknown");
        return new Content(reason, Patch.everything(), Collections.emptySortedSet());
    }

    /**
     * Returns the triggers that the event links to, read strictly, for whoever is about to store it.
     *
     * @throws RuntimeException if the class or the payload says it wrongly
     */
    SortedSet<Identity> links(DomainEventMessage<?> message) {
        if (!names.isAnnotatedType(message.getType())) {
            return Collections.emptySortedSet();
        }
        return EventMetaData.of(message).declaredTriggers().orElseGet(() -> declaredLinks(message));
    }

    private SortedSet<Identity> declaredLinks(DomainEventMessage<?> message) {
        EventDescriptor descriptor = descriptors.of(message.getPayloadType());
        return descriptor.isPlain() ? Collections.emptySortedSet() : checkedLinks(descriptor, message.getPayload());
    }

    private static SortedSet<Identity> checkedLinks(EventDescriptor descriptor, Object payload) {
        SortedSet<Identity> links = descriptor.links(payload);
        EventMetaData.checkNumber(payload.getClass().getName(), links);
        return links;
    }

    private void report(String name, String text, Throwable cause) {
        if (reported.add(name)) {
            logger.warn(text, name, cause.toString(), cause);
        }
    }
}
