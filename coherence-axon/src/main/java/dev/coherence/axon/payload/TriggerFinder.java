package dev.coherence.axon.payload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the triggers of a class: those of its own components, and those of the records that it holds as declared, directly
 * or in optionals, collections, arrays and values of maps. Not thread-safe.
 */
final class TriggerFinder {

    private final Components components;
    private final Mistakes mistakes;
    private final String annotation;
    private final Function<Marks, Optional<String>> kind;

    private TriggerFinder(
            Components components, Mistakes mistakes, String annotation, Function<Marks, Optional<String>> kind) {
        this.components = components;
        this.mistakes = mistakes;
        this.annotation = annotation;
        this.kind = kind;
    }

    static TriggerReader links(ResolvedType event, Components components, Mistakes mistakes) {
        return new TriggerFinder(components, mistakes, "@LinkedTo", Marks::linkedTo).find(event);
    }

    static TriggerReader fired(ResolvedType event, Components components, Mistakes mistakes) {
        return new TriggerFinder(components, mistakes, "@Fires", Marks::fires).find(event);
    }

    private TriggerReader find(ResolvedType event) {
        Set<ResolvedType> types = new LinkedHashSet<>();
        collect(event, types);
        Set<Class<?>> leading = leadingToTriggers(types);
        Map<Class<?>, List<TriggerReader.Step>> steps = new HashMap<>();
        for (ResolvedType type : types) {
            if (leading.contains(type.raw())) {
                steps.merge(type.raw(), steps(type, leading), TriggerFinder::union);
            }
        }
        return new TriggerReader(steps);
    }

    /** All types of which the event holds objects and which have components of their own: its own type, and records. */
    private void collect(ResolvedType type, Set<ResolvedType> types) {
        if (types.size() < ResolvedType.MANY && types.add(type)) {
            components.of(type).forEach(component -> recordIn(component.type()).ifPresent(at -> collect(at, types)));
        }
    }

    /** The record that a component of the type holds, directly or as elements. */
    private static Optional<ResolvedType> recordIn(ResolvedType declared) {
        ResolvedType type = declared.content();
        for (int depth = 0; depth < ResolvedType.MANY; depth++) {
            if (type.raw().isRecord()) {
                return Optional.of(type);
            }
            Optional<ResolvedType> element = elementOf(type);
            if (element.isEmpty()) {
                return Optional.empty();
            }
            type = element.get().content();
        }
        return Optional.empty();
    }

    private static Optional<ResolvedType> elementOf(ResolvedType type) {
        if (type.raw().isArray()) {
            return Optional.of(type.arguments().get(0));
        }
        Optional<ResolvedType> map = type.as(Map.class);
        return map.isPresent()
                ? map.map(found -> found.arguments().get(1))
                : type.as(Collection.class).map(found -> found.arguments().get(0));
    }

    /** The classes with triggers, and those that hold them. */
    private Set<Class<?>> leadingToTriggers(Set<ResolvedType> types) {
        Set<Class<?>> leading = new LinkedHashSet<>();
        int before;
        do {
            before = leading.size();
            for (ResolvedType type : types) {
                if (components.of(type).stream().anyMatch(component -> leads(component, leading))) {
                    leading.add(type.raw());
                }
            }
        } while (leading.size() > before);
        return leading;
    }

    private boolean leads(Component component, Set<Class<?>> leading) {
        return kind.apply(component.marks()).isPresent()
                || recordIn(component.type())
                        .map(ResolvedType::raw)
                        .filter(leading::contains)
                        .isPresent();
    }

    private List<TriggerReader.Step> steps(ResolvedType type, Set<Class<?>> leading) {
        List<TriggerReader.Step> steps = new ArrayList<>();
        for (Component component : components.of(type)) {
            Optional<String> named = kind.apply(component.marks());
            if (named.isPresent() && !TriggerIds.canBeIn(component.type())) {
                mistakes.add(
                        component.place(),
                        "has " + annotation + " and "
                                + TriggerIds.problem(component.type().toString()));
            } else if (leads(component, leading)) {
                Accessor.of(component, mistakes)
                        .ifPresent(accessor -> steps.add(new TriggerReader.Step(component, accessor, named)));
            }
        }
        return steps;
    }

    /** One record, used with several type arguments, may hold triggers with one of them only. */
    private static List<TriggerReader.Step> union(List<TriggerReader.Step> some, List<TriggerReader.Step> others) {
        Map<String, TriggerReader.Step> union = new LinkedHashMap<>();
        some.forEach(step -> union.put(step.component().name(), step));
        others.forEach(step -> union.putIfAbsent(step.component().name(), step));
        return List.copyOf(union.values());
    }
}
