package dev.coherence.axon.payload;

import dev.coherence.action.Path;
import dev.coherence.value.Value;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/** A component that is a key of a patch, or that has keys below its own. Immutable. */
sealed interface KeyNode {

    /** The component. */
    Component component();

    /** Reads the component. */
    Accessor accessor();

    /** All paths that it may write. */
    Stream<Leaf> leaves();

    /** Adds what the component of this object holds; nothing for null. */
    void read(Object owner, Walk walk, SortedMap<Path, Value> entries);

    /** A key. */
    record Leaf(Component component, Accessor accessor, Path path, Form form) implements KeyNode {

        @Override
        public Stream<Leaf> leaves() {
            return Stream.of(this);
        }

        @Override
        public void read(Object owner, Walk walk, SortedMap<Path, Value> entries) {
            Object object = accessor.read(owner);
            if (object != null) {
                entries.put(path, walk.into(component, () -> form.of(object, walk)));
            }
        }
    }

    /** A record whose components are keys below its own. */
    record Branch(Component component, Accessor accessor, List<KeyNode> below) implements KeyNode {

        @Override
        public Stream<Leaf> leaves() {
            return below.stream().flatMap(KeyNode::leaves);
        }

        @Override
        public void read(Object owner, Walk walk, SortedMap<Path, Value> entries) {
            Object object = accessor.read(owner);
            if (object != null) {
                walk.into(component, () -> {
                    below.forEach(key -> key.read(object, walk, entries));
                    return entries;
                });
            }
        }
    }
}
