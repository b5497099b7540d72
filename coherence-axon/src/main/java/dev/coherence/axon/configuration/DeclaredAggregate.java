package dev.coherence.axon.configuration;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.command.CommandReader;
import dev.coherence.axon.guard.ConflictHandlerMethods;
import dev.coherence.axon.payload.EventDescriptors;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.modelling.command.inspection.AggregateModel;

/**
 * What an annotated aggregate class declares, with its sub types. Found once, since it is asked for with every event.
 * Immutable and thread-safe.
 */
public final class DeclaredAggregate {

    private final AggregateModel<?> model;
    private final Set<Class<?>> classes;
    private final Map<String, Class<?>> classesByType;

    /**
     * @param root the class itself
     * @param subTypes the sub types that Axon was told of
     * @param model what Axon has made of them
     */
    public DeclaredAggregate(Class<?> root, Collection<? extends Class<?>> subTypes, AggregateModel<?> model) {
        this.model = requireNonNull(model, "model");
        Set<Class<?>> all = new LinkedHashSet<>();
        all.add(requireNonNull(root, "root"));
        all.addAll(subTypes);
        Map<String, Class<?>> byType = new LinkedHashMap<>();
        byType.put(model.type(), root);
        all.forEach(type -> byType.putIfAbsent(storedType(type), type));
        this.classes = Collections.unmodifiableSet(all);
        this.classesByType = Collections.unmodifiableMap(byType);
    }

    /** What Axon stores with the events of the class; its model does not know sub types without handlers of their own. */
    private String storedType(Class<?> type) {
        return model.declaredType(type).orElse(type.getSimpleName());
    }

    /** Returns the Axon type of the root class. */
    public String kind() {
        return model.type();
    }

    /** Returns the root class and its sub types; unmodifiable. */
    public Set<Class<?>> classes() {
        return classes;
    }

    /** Returns what Axon stores as type of events of the root class and its sub types; unmodifiable. */
    public Set<String> types() {
        return classesByType.keySet();
    }

    /** Returns the class whose events are stored under the type; nothing if it is the type of none of them. */
    public Optional<Class<?>> classOf(String axonType) {
        return Optional.ofNullable(classesByType.get(axonType));
    }

    /** Returns the name of the field that identifies the aggregate, if Axon knows it. */
    public Optional<String> identifierName() {
        return Optional.ofNullable(model.routingKey());
    }

    /** Returns the payload types of all command handlers of root, sub types and entities. */
    public Set<Class<?>> commandTypes() {
        return payloadTypes(model.allCommandHandlers().values().stream().flatMap(Collection::stream));
    }

    /** Returns the payload types of all event sourcing handlers of root, sub types and entities. */
    private Set<Class<?>> eventTypes() {
        return payloadTypes(model.allEventHandlers().values().stream().flatMap(Collection::stream));
    }

    private static Set<Class<?>> payloadTypes(Stream<? extends MessageHandlingMember<?>> handlers) {
        Set<Class<?>> types = new LinkedHashSet<>();
        handlers.forEach(handler -> types.add(handler.payloadType()));
        return types;
    }

    /** Returns all mistakes in the annotations of the classes, and of their commands and events; each names its place. */
    public List<String> mistakes(EventDescriptors descriptors) {
        Set<String> mistakes = new LinkedHashSet<>();
        classes.forEach(type -> mistakes.addAll(ConflictHandlerMethods.mistakes(type)));
        commandTypes().forEach(type -> mistakes.addAll(CommandReader.mistakes(type)));
        eventTypes().forEach(type -> mistakes.addAll(descriptors.mistakes(type, identifierName())));
        return List.copyOf(mistakes);
    }
}
