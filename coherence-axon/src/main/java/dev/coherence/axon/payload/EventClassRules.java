package dev.coherence.axon.payload;

import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;

/** The rules that the annotations of one event class keep among each other. */
final class EventClassRules {

    private EventClassRules() {}

    static void check(
            EventClass found,
            Optional<ActionEvent> action,
            Optional<EffectEvent> effect,
            List<Component> components,
            Mistakes mistakes) {
        action.ifPresent(says -> checkReason("@ActionEvent", says.reason(), mistakes));
        effect.ifPresent(says -> checkReason("@EffectEvent", says.reason(), mistakes));
        checkFired(found, mistakes);
        checkKeys(found, components, mistakes);
    }

    private static void checkReason(String annotation, String reason, Mistakes mistakes) {
        try {
            WellFormed.name("reason", reason);
            if (reason.isBlank()) {
                throw new InvalidInputException("reason", "must not be blank");
            }
        } catch (InvalidInputException e) {
            mistakes.add("has " + annotation + "(reason = " + InvalidInputException.quoted(reason) + "): "
                    + Mistakes.problem(e) + "; say why");
        }
    }

    /** A class that others extend may leave the triggers, or the annotation, to them. */
    private static void checkFired(EventClass found, Mistakes mistakes) {
        if (found.isEffect() == !found.fired().isEmpty()
                || Modifier.isAbstract(found.type().getModifiers())) {
            return;
        }
        if (found.isEffect()) {
            mistakes.add("has @EffectEvent, but no component with @Fires, so that it would fire nothing;"
                    + " annotate the component that holds the id of the trigger");
        } else {
            found.fired().steps().values().stream()
                    .flatMap(List::stream)
                    .filter(step -> step.kind().isPresent())
                    .map(step -> step.component().place())
                    .sorted()
                    .forEach(place -> mistakes.add(
                            place,
                            "has @Fires, but the event has no @EffectEvent, so that nothing would be fired;"
                                    + " annotate the class of the event, or remove @Fires"));
        }
    }

    private static void checkKeys(EventClass found, List<Component> components, Mistakes mistakes) {
        if (found.patch() instanceof KeyedPatch keyed) {
            if (keyed.onlyIdentifiers().size() > 1) {
                keyed.onlyIdentifiers().forEach(component -> onlyIdentifier(component, mistakes));
            }
        } else if (!Modifier.isAbstract(found.type().getModifiers())) {
            components.stream()
                    .filter(component -> component.marks().key().isPresent()
                            || component.marks().notPatched())
                    .forEach(component -> mistakes.add(component.place(), withoutEffect(found)));
        }
    }

    private static String withoutEffect(EventClass found) {
        return "has @Key or @NotPatched, which have no effect here, since "
                + (found.isAction()
                        ? "the event implements Patching and says itself what it changes"
                        : "the class of the event has no @ActionEvent")
                + "; remove it" + (found.isAction() ? "" : ", or annotate the class");
    }

    /** A component that can be in an event only as the identifier of its aggregate, which it is not. */
    private static void onlyIdentifier(Component component, Mistakes mistakes) {
        mistakes.add(
                component.place(),
                Shape.problem(component.type().content())
                        + "; it would only be right here as the identifier of the event's own aggregate");
    }

    /** The mistakes of a class whose events belong to an aggregate with an identifier of the given name. */
    static List<String> ofIdentifier(EventClass found, String identifierName) {
        Mistakes mistakes = new Mistakes(found.type());
        if (found.patch() instanceof KeyedPatch keyed && keyed.hasKeyOf(identifierName)) {
            keyed.onlyIdentifiers().stream()
                    .filter(component -> !component.name().equals(identifierName))
                    .forEach(component -> onlyIdentifier(component, mistakes));
        }
        return mistakes.list();
    }
}
