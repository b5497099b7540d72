package dev.coherence.axon.storage;

import java.util.Optional;
import java.util.Set;

/**
 * What annotated aggregate classes declare: their kinds, and under which types Axon stores their events. The kind of an
 * aggregate is the Axon type of its root class. Of a polymorphic aggregate, Axon stores events under the type of the
 * subclass that applied them, so that one kind has several types.
 *
 * <p>Thread-safe. It is asked at each use and has to answer at once; what it answers must not change while the application
 * runs.
 */
public interface AnnotatedKinds {

    /** Returns the kinds, which are the types of root classes only. */
    Set<String> kinds();

    /** Returns the kind whose events are stored under the type; the type itself if no annotated class declares it. */
    String kindOf(String axonType);

    /** Returns all types that events of the kind are stored under, the kind among them; the kind alone if it is unknown. */
    Set<String> typesOf(String kind);

    /** Returns the name of the field that identifies aggregates of the kind, if it is known. */
    Optional<String> identifierName(String kind);
}
