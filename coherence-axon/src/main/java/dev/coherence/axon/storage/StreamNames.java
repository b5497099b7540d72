package dev.coherence.axon.storage;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Identity;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Maps identities to the types and identifiers of Axon's event streams. Axon's unique key is (aggregate identifier,
 * sequence number) without the type; hence the identifier alone has to tell two kinds with one id apart.
 *
 * <ul>
 *   <li>An aggregate of a kind that an annotated class declares: type = kind, or that of a subclass; identifier = id, as
 *       Axon itself does.
 *   <li>Every other aggregate: type = kind, identifier = {@code kind:id} ({@link Identity#toString()}).
 *   <li>The effects on a trigger: type = {@value #EFFECT_TYPE}, identifier = {@code kind!id}. A printed identity has no
 *       {@code !} before its first {@code :}, so that this never is the identifier of an aggregate.
 * </ul>
 *
 * <p>Immutable and thread-safe. The annotated kinds are asked for at each use, because Axon may know them late.
 */
public final class StreamNames {

    /** The Axon type of all streams of effects. */
    public static final String EFFECT_TYPE = "coherence:effect";

    private final AnnotatedKinds annotated;

    /** Creates the mapping, given what annotated aggregate classes declare. */
    public StreamNames(AnnotatedKinds annotated) {
        this.annotated = requireNonNull(annotated, "annotated");
    }

    /** Creates the mapping, given the kinds that annotated aggregate classes declare, none of which is polymorphic. */
    public StreamNames(Supplier<Set<String>> annotatedKinds) {
        this(new TypesAreKinds(requireNonNull(annotatedKinds, "annotatedKinds")));
    }

    /** Returns the mapping for an application without annotated aggregates. */
    public static StreamNames withoutAnnotatedKinds() {
        return new StreamNames(Set::of);
    }

    /** Whether the kind is declared by an annotated aggregate class. */
    public boolean isAnnotated(String kind) {
        return annotated.kinds().contains(kind);
    }

    /** Whether events that are stored under the type belong to annotated aggregates; false for events without a type. */
    public boolean isAnnotatedType(@Nullable String type) {
        return type != null && isAnnotated(kindOf(type));
    }

    /** Returns the kind of the aggregates whose events are stored under the type. */
    public String kindOf(String type) {
        return annotated.kindOf(type);
    }

    /** Returns all types that events of the kind are stored under; for a kind that is not annotated, the kind alone. */
    public Set<String> typesOf(String kind) {
        return isAnnotated(kind) ? annotated.typesOf(kind) : Set.of(kind);
    }

    /** Returns the name of the field that identifies aggregates of the kind, if it is annotated and that is known. */
    public Optional<String> identifierName(String kind) {
        return isAnnotated(kind) ? annotated.identifierName(kind) : Optional.empty();
    }

    /** Returns the identifier of the stream that holds the actions on the aggregate. */
    public String ofAggregate(Identity aggregate) {
        return isAnnotated(aggregate.kind()) ? aggregate.id() : aggregate.toString();
    }

    /** Returns the identifier of the stream that holds the effects on the trigger. */
    public String ofEffects(Identity trigger) {
        String printed = trigger.toString();
        int separator = printed.indexOf(':');
        return printed.substring(0, separator) + '!' + printed.substring(separator + 1);
    }

    /** Returns what to throw when a stream holds events of another type than it should. */
    public static IllegalStateException wrongType(String stream, String expected, String found) {
        return new IllegalStateException(("The stream %s holds events of type %s, not %s: an aggregate identifier of an"
                        + " annotated aggregate looks like the printed identity of another one; rename either")
                .formatted(stream, found, expected));
    }

    /** Returns the aggregate whose actions the stream holds. */
    public Identity aggregate(String type, String identifier) {
        String kind = kindOf(type);
        return isAnnotated(kind) ? Identity.of(kind, identifier) : Identity.parse(identifier);
    }
}
