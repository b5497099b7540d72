package dev.coherence.axon.storage;

import dev.coherence.action.Identity;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Maps identities to the types and identifiers of Axon's event streams. Axon's unique key is (aggregate identifier,
 * sequence number) without the type; hence the identifier alone has to tell two kinds with one id apart.
 *
 * <ul>
 *   <li>An aggregate of a kind that an annotated class declares: type = kind, identifier = id, as Axon itself does.
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

    private final Supplier<Set<String>> annotatedKinds;

    /** Creates the mapping, given the kinds that annotated aggregate classes declare. */
    public StreamNames(Supplier<Set<String>> annotatedKinds) {
        this.annotatedKinds = annotatedKinds;
    }

    /** Returns the mapping for an application without annotated aggregates. */
    public static StreamNames withoutAnnotatedKinds() {
        return new StreamNames(Set::of);
    }

    /** Whether the kind is declared by an annotated aggregate class. */
    public boolean isAnnotated(String kind) {
        return annotatedKinds.get().contains(kind);
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
        return isAnnotated(type) ? Identity.of(type, identifier) : Identity.parse(identifier);
    }
}
