package dev.coherence.axon.payload;

import dev.coherence.action.Path;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Limits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the keys of a class: its components, except those that are left out or are triggers, each with the path that it is
 * written to. A record in an event has keys below its own. It is one value if it has no components, or if it contains itself,
 * since its keys would have no end; and so is a record in a record that is one value. Not thread-safe.
 */
final class KeyFinder {

    private final Components components;
    private final Forms forms;
    private final Mistakes mistakes;
    private final boolean isOfEvent;
    private int nodes;

    private KeyFinder(Components components, Forms forms, Mistakes mistakes, boolean isOfEvent) {
        this.components = components;
        this.forms = forms;
        this.mistakes = mistakes;
        this.isOfEvent = isOfEvent;
    }

    /** Finds the keys of an event, one of which may be the identifier of the aggregate. */
    static KeyFinder ofEvent(Components components, Mistakes mistakes) {
        return new KeyFinder(components, new Forms(components, mistakes, false), mistakes, true);
    }

    /** Finds the keys of a record that is one value. */
    static KeyFinder ofValue(Components components, Forms forms, Mistakes mistakes) {
        return new KeyFinder(components, forms, mistakes, false);
    }

    /** All keys of the class. */
    List<KeyNode> keysOf(ResolvedType type) {
        List<KeyNode> keys = keysOf(type, List.of());
        checkNoOverlap(keys);
        return keys;
    }

    private List<KeyNode> keysOf(ResolvedType type, List<String> above) {
        List<KeyNode> keys = new ArrayList<>();
        for (Component component : components.of(type)) {
            if (component.marks().isKey()) {
                key(component, above).ifPresent(keys::add);
            }
        }
        return keys;
    }

    private Optional<KeyNode> key(Component component, List<String> above) {
        nodes++;
        if (nodes > Limits.MAX_PATCH_ENTRIES) {
            mistakes.add("has more than " + Limits.MAX_PATCH_ENTRIES
                    + " keys, counting those of nested records; split it over several events");
            return Optional.empty();
        }
        Optional<Path> path = path(component, above);
        Optional<Accessor> accessor = Accessor.of(component, mistakes);
        ResolvedType type = component.type().content();
        if (hasKeysBelow(type)) {
            List<KeyNode> below = path.map(at -> keysOf(type, at.keys())).orElse(List.of());
            return accessor.filter(any -> !below.isEmpty())
                    .<KeyNode>map(read -> new KeyNode.Branch(component, read, below));
        }
        boolean isIdentifier = isOfEvent && above.isEmpty() && OwnIdentifier.canOnlyBe(component);
        Form form = isIdentifier ? OwnIdentifier.NO_VALUE : forms.of(type, component.place());
        return path.<KeyNode>flatMap(at -> accessor.<KeyNode>map(read -> new KeyNode.Leaf(component, read, at, form)));
    }

    private Optional<Path> path(Component component, List<String> above) {
        try {
            List<String> keys = new ArrayList<>(above);
            Optional<String> written = component.marks().key();
            keys.addAll(written.map(key -> Path.parse(key).keys()).orElseGet(() -> List.of(component.name())));
            return Optional.of(new Path(keys));
        } catch (InvalidInputException e) {
            String shown = component.marks().key().orElse(component.name());
            mistakes.add(
                    component.place(),
                    "has the key " + InvalidInputException.quoted(shown) + ", which is no path of a patch: "
                            + Mistakes.problem(e) + "; give it another with @Key");
            return Optional.empty();
        }
    }

    private boolean hasKeysBelow(ResolvedType type) {
        return isOfEvent
                && type.raw().isRecord()
                && type.raw().getRecordComponents().length > 0
                && !isWithin(type, type, new HashSet<>());
    }

    /** Whether records of the one type are directly in records of the other, or in records there, and so on. */
    private boolean isWithin(ResolvedType searched, ResolvedType type, Set<ResolvedType> seen) {
        if (seen.size() > ResolvedType.MANY) {
            return true;
        }
        for (Component component : components.of(type)) {
            ResolvedType inside = component.type().content();
            boolean isKey = component.marks().isKey() && inside.raw().isRecord();
            if (isKey && (inside.equals(searched) || (seen.add(inside) && isWithin(searched, inside, seen)))) {
                return true;
            }
        }
        return false;
    }

    /** In order, a path stands directly before all those that begin with it. */
    private void checkNoOverlap(List<KeyNode> keys) {
        List<KeyNode.Leaf> leaves = keys.stream()
                .flatMap(KeyNode::leaves)
                .sorted(Comparator.comparing(KeyNode.Leaf::path))
                .toList();
        KeyNode.Leaf upper = null;
        for (KeyNode.Leaf lower : leaves) {
            if (upper == null || !lower.path().startsWith(upper.path())) {
                upper = lower;
            } else {
                boolean isSame = lower.path().equals(upper.path());
                mistakes.add(
                        lower.component().place(),
                        "has the key " + lower.path() + ", which "
                                + (isSame ? "is also" : "lies within " + upper.path() + ",") + " the key of "
                                + upper.component().place() + "; give one of them another with @Key");
            }
        }
    }
}
