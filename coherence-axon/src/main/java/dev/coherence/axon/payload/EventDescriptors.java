package dev.coherence.axon.payload;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The descriptors of event classes. Each class is looked at once; what was found is kept with the class itself, so that it
 * goes when the class goes. Thread-safe.
 */
public final class EventDescriptors {

    private final FoundRecords records = new FoundRecords();

    /** What is kept refers neither to this object nor to {@link #records}: it would keep itself alive. */
    private final ClassValue<Looked> known = new ClassValue<>() {
        @Override
        protected Looked computeValue(Class<?> type) {
            return look(type);
        }
    };

    /** Creates the descriptors; a class is looked at when it is first asked for. */
    public EventDescriptors() {}

    /**
     * The descriptor of events of exactly this class.
     *
     * @param payloadType the class of a payload, not one of its super types
     * @throws InvalidEventClassException with all mistakes of the class
     */
    public EventDescriptor of(Class<?> payloadType) {
        Looked looked = looked(payloadType);
        if (!looked.mistakes().isEmpty()) {
            throw new InvalidEventClassException(payloadType.getTypeName(), looked.mistakes());
        }
        return new EventDescriptor(looked.found(), records);
    }

    /**
     * All mistakes of the class, and of the classes that it permits if it is sealed. Each names class and member, the rule,
     * and the way out.
     *
     * @param payloadType the class of a payload, or a super type of such classes
     * @return empty if there are none; unmodifiable
     */
    public List<String> mistakes(Class<?> payloadType) {
        return mistakes(payloadType, Optional.empty());
    }

    /**
     * Like {@link #mistakes(Class)}, for events of an aggregate that is known: of the components that are no values, only
     * the one with the name of the aggregate's identifier can be right.
     *
     * @param identifierName the name of the field that identifies the aggregate
     * @return empty if there are none; unmodifiable
     */
    public List<String> mistakes(Class<?> payloadType, Optional<String> identifierName) {
        requireNonNull(identifierName, "identifierName");
        Looked looked = looked(payloadType);
        List<String> all = new ArrayList<>(looked.mistakes());
        if (identifierName.isPresent() && all.isEmpty()) {
            all.addAll(EventClassRules.ofIdentifier(looked.found(), identifierName.get()));
        }
        if (payloadType.isSealed()) {
            for (Class<?> permitted : payloadType.getPermittedSubclasses()) {
                all.addAll(mistakes(permitted, identifierName));
            }
        }
        return List.copyOf(all);
    }

    /** Nothing is kept with classes of the JDK, which outlive whoever uses them. */
    private Looked looked(Class<?> type) {
        return JdkClasses.contains(requireNonNull(type, "payloadType"))
                ? new Looked(EventClass.plain(type), List.of())
                : known.get(type);
    }

    private static Looked look(Class<?> type) {
        Mistakes mistakes = new Mistakes(type);
        try {
            return new Looked(EventClass.of(type, mistakes), mistakes.list());
        } catch (LinkageError | TypeNotPresentException e) {
            if (EventClass.isAnnotated(type)) {
                mistakes.add("refers to a class that cannot be loaded; put it on the class path: " + e);
            }
            return new Looked(EventClass.plain(type), mistakes.list());
        }
    }

    private record Looked(EventClass found, List<String> mistakes) {}
}
