package dev.coherence.axon.guard;

import dev.coherence.action.Identity;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The annotated aggregates of the application, as the guard needs them. Implementations are thread-safe. */
public interface AggregateAccess {

    /** Returns the class that declares the kind, and its sub types; empty for a kind that none declares. */
    Set<Class<?>> classesOf(String kind);

    /** Returns the class whose events are stored under the type: of several sub types, the one that it names. */
    Optional<Class<?>> classOf(String axonType);

    /** Calls the function with the aggregate's root, in the state that it has in the present unit of work. */
    <R> R invoke(Identity aggregate, Function<Object, R> function);

    /**
     * Removes the aggregate from the cache of its repository, if that has one, once the present unit of work has
     * committed: what was stored is not what its instance has seen.
     */
    void forget(Identity aggregate);
}
