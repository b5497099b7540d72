package dev.coherence.axon.storage;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Kinds of which nothing is known but their names: none is polymorphic. */
record TypesAreKinds(Supplier<Set<String>> names) implements AnnotatedKinds {

    @Override
    public Set<String> kinds() {
        return names.get();
    }

    @Override
    public String kindOf(String axonType) {
        return axonType;
    }

    @Override
    public Set<String> typesOf(String kind) {
        return Set.of(kind);
    }

    @Override
    public Optional<String> identifierName(String kind) {
        return Optional.empty();
    }
}
