package dev.coherence.axon.payload;

import dev.coherence.action.Identity;
import dev.coherence.value.InvalidInputException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the triggers that an event, and the records in it, name by one of the two annotations. Immutable.
 *
 * @param steps which components to look at in objects of which class; empty if there is no trigger anywhere
 */
record TriggerReader(Map<Class<?>, List<Step>> steps) {

    TriggerReader {
        steps = Map.copyOf(steps);
    }

    /**
     * A component to look at.
     *
     * @param kind the kind of the triggers that it names; empty if triggers are in the records that it holds
     */
    record Step(Component component, Accessor accessor, Optional<String> kind) {}

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** The triggers in order of the components, each once. */
    Set<Identity> read(Object event, Walk walk) {
        Set<Identity> found = new LinkedHashSet<>();
        look(event, walk, found);
        return found;
    }

    private void look(Object object, Walk walk, Set<Identity> found) {
        for (Step step : steps.getOrDefault(object.getClass(), List.of())) {
            Object held = step.accessor().read(object);
            if (held == null) {
                continue;
            }
            into(
                    step.component(),
                    walk,
                    () -> step.kind()
                            .ifPresentOrElse(
                                    kind -> ids(held, walk, id -> found.add(trigger(kind, id, walk))),
                                    () -> records(held, walk, found)));
        }
    }

    private static void ids(Object held, Walk walk, Consumer<Object> id) {
        if (Shape.of(held.getClass()) == Shape.LIST) {
            eachOf(Containers.elementsOf(held), walk, id);
        } else {
            id.accept(held);
        }
    }

    private static Identity trigger(String kind, Object id, Walk walk) {
        String text = TriggerIds.text(id.getClass())
                .orElseThrow(() -> walk.refused(TriggerIds.problem(id.getClass().getTypeName())))
                .apply(id);
        try {
            return Identity.of(kind, text);
        } catch (InvalidInputException e) {
            throw walk.refused("names no trigger: its " + e.place() + " " + e.problem());
        }
    }

    /** Looks at a record, or at each record in a collection, array or map. */
    private void records(Object held, Walk walk, Set<Identity> found) {
        Consumer<Object> inside = object -> records(object, walk, found);
        switch (Shape.of(held.getClass())) {
            case LIST -> eachOf(Containers.elementsOf(held), walk, inside);
            case MAP -> eachOf(((Map<?, ?>) held).values(), walk, inside);
            default -> look(held, walk, found);
        }
    }

    private static void eachOf(Iterable<? extends @Nullable Object> elements, Walk walk, Consumer<Object> inside) {
        int index = 0;
        for (Object element : elements) {
            Object content = Content.of(element);
            if (content != null) {
                into(index, walk, () -> inside.accept(content));
            }
            index++;
        }
    }

    private static void into(Object step, Walk walk, Runnable inside) {
        walk.into(step, () -> {
            inside.run();
            return step;
        });
    }
}
