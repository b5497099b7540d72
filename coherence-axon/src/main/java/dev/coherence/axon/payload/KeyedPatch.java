package dev.coherence.axon.payload;

import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a patch from the components of an event:
 *
 * <ol>
 *   <li>the identifier of the event's own aggregate is no key, unless {@code @Key} says so;
 *   <li>an event whose class has nothing else touches everything, and one that has only triggers and left-out components
 *       besides touches nothing;
 *   <li>each other key is associated with what its component holds, and null is not in the patch;
 *   <li>where all are null, the event touches nothing.
 * </ol>
 *
 * @param keys the keys of the class, at its top level
 * @param hasOtherComponents whether the class has components that are no keys
 */
record KeyedPatch(List<KeyNode> keys, boolean hasOtherComponents) implements PatchReader {

    KeyedPatch {
        keys = List.copyOf(keys);
    }

    @Override
    public Patch read(Object event, OwnIdentifier own, Walk walk) {
        List<KeyNode> changed = without(own.among(keys, event));
        if (changed.isEmpty()) {
            return hasOtherComponents ? Patch.nothing() : Patch.everything();
        }
        if (saysNothingElse(own, event)) {
            return Patch.everything();
        }
        SortedMap<Path, Value> entries = new TreeMap<>();
        for (KeyNode key : changed) {
            walk.beginValue();
            key.read(event, walk, entries);
        }
        return entries.isEmpty() ? Patch.nothing() : patch(entries, event);
    }

    private List<KeyNode> without(Optional<KeyNode> identifier) {
        return identifier
                .filter(found -> found.component().marks().key().isEmpty())
                .map(found -> keys.stream().filter(key -> key != found).toList())
                .orElse(keys);
    }

    /**
     * Whether a single component is the identifier although its name does not tell. If it is not, as in a book that is
     * given its identifier for a title, then everything is too much, but never too little.
     */
    private boolean saysNothingElse(OwnIdentifier own, Object event) {
        return keys.size() == 1
                && !hasOtherComponents
                && keys.get(0).component().marks().key().isEmpty()
                && own.maybe(keys.get(0), event);
    }

    private static Patch patch(SortedMap<Path, Value> entries, Object event) {
        return InvalidInputException.inside(
                event.getClass().getTypeName(), () -> new Patch(entries, Collections.emptySortedSet()));
    }

    /** The components that would have to be the identifier, because they cannot be values. */
    List<Component> onlyIdentifiers() {
        return keys.stream()
                .filter(OwnIdentifier::canOnlyBe)
                .map(KeyNode::component)
                .toList();
    }

    /** Whether a key belongs to the component of this name. */
    boolean hasKeyOf(String component) {
        return keys.stream().anyMatch(key -> key.component().name().equals(component));
    }
}
