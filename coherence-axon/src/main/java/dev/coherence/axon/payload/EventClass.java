package dev.coherence.axon.payload;

import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.axon.event.Patching;
import dev.coherence.value.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found in the class of an event. Immutable.
 *
 * @param type the class
 * @param isAction whether its events say what they change
 * @param reason why its events change an aggregate, or else why they fire triggers
 * @param effectReason why its events fire triggers; empty if they are no requests to do so
 * @param patch how to read what an event changes
 * @param links how to read the triggers that an event links to
 * @param fired how to read the triggers that an event fires
 */
record EventClass(
        Class<?> type,
        boolean isAction,
        String reason,
        Optional<String> effectReason,
        PatchReader patch,
        TriggerReader links,
        TriggerReader fired) {

    private static final TriggerReader NO_TRIGGERS = new TriggerReader(Map.of());

    /** Looks at the class: its own annotations, its triggers, its keys. */
    static EventClass of(Class<?> type, Mistakes mistakes) {
        if (JdkClasses.contains(type)) {
            return plain(type);
        }
        Optional<ActionEvent> action = TypeAnnotations.find(type, ActionEvent.class, mistakes);
        Optional<EffectEvent> effect = TypeAnnotations.find(type, EffectEvent.class, mistakes);
        ResolvedType resolved = ResolvedType.of(type);
        Components components = new Components(mistakes);
        EventClass found = new EventClass(
                type,
                action.isPresent() || isPatching(type),
                action.map(ActionEvent::reason)
                        .or(() -> effect.map(EffectEvent::reason))
                        .orElseGet(() -> name(type)),
                effect.map(EffectEvent::reason),
                patch(resolved, action.isPresent(), effect.isPresent(), components, mistakes),
                TriggerFinder.links(resolved, components, mistakes),
                TriggerFinder.fired(resolved, components, mistakes));
        EventClassRules.check(found, action, effect, components.of(resolved), mistakes);
        return found;
    }

    /** A class of which nothing is known but its name. */
    static EventClass plain(Class<?> type) {
        return new EventClass(
                type, false, name(type), Optional.empty(), PatchReader.EVERYTHING, NO_TRIGGERS, NO_TRIGGERS);
    }

    /** Whether the class says anything about its events, so that it has to be understood. */
    static boolean isAnnotated(Class<?> type) {
        Mistakes ignored = new Mistakes(type);
        return isPatching(type)
                || TypeAnnotations.find(type, ActionEvent.class, ignored).isPresent()
                || TypeAnnotations.find(type, EffectEvent.class, ignored).isPresent();
    }

    private static boolean isPatching(Class<?> type) {
        return Patching.class.isAssignableFrom(type);
    }

    private static PatchReader patch(
            ResolvedType type, boolean isAction, boolean isEffect, Components components, Mistakes mistakes) {
        if (isPatching(type.raw())) {
            return PatchReader.WHAT_IT_SAYS;
        }
        if (!isAction) {
            return isEffect ? PatchReader.NOTHING : PatchReader.EVERYTHING;
        }
        List<KeyNode> keys = KeyFinder.ofEvent(components, mistakes).keysOf(type);
        return new KeyedPatch(keys, keys.size() < components.of(type).size());
    }

    /** Cut where it would be no reason any more; an anonymous class has no simple name. */
    private static String name(Class<?> type) {
        String simple = type.getSimpleName();
        String name = simple.isEmpty() ? type.getName().substring(type.getName().lastIndexOf('.') + 1) : simple;
        return name.length() <= Limits.MAX_NAME_LENGTH ? name : name.substring(0, Limits.MAX_NAME_LENGTH);
    }

    /** Whether its events are requests to fire triggers. */
    boolean isEffect() {
        return effectReason.isPresent();
    }

    boolean isPlain() {
        return !isAction && !isEffect() && links.isEmpty();
    }
}
