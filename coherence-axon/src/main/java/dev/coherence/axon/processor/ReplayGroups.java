package dev.coherence.axon.processor;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.replay.ReplaySettings;
import java.util.Map;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;

/**
 * Which processing groups take part in replays: those with a class that is marked {@link ReplayOnEffect}, and those that are
 * named here. Immutable.
 *
 * @param named groups by their names
 * @param settings how processors divide their work
 */
public record ReplayGroups(Map<String, NamedGroup> named, ReplaySettings settings) {

    /** Copies the groups. */
    public ReplayGroups {
        named = Map.copyOf(named);
        requireNonNull(settings, "settings");
    }

    /**
     * A group that takes part, or not, whatever its classes say.
     *
     * @param takesPart whether it does
     * @param withoutReset as {@link ReplayOnEffect#withoutReset()}, for all classes of the group
     */
    public record NamedGroup(boolean takesPart, boolean withoutReset) {}

    /** Those with a marked class only, with standard settings. */
    public static ReplayGroups marked() {
        return new ReplayGroups(Map.of(), ReplaySettings.standard());
    }

    boolean takesPart(String group, SimpleEventHandlerInvoker invoker) {
        NamedGroup known = named.get(group);
        return known != null ? known.takesPart() : hasMarkedClass(invoker);
    }

    /** Whether the class of the handler may do without a reset handler. */
    boolean needsNoReset(String group, EventMessageHandler handler) {
        NamedGroup known = named.get(group);
        return (known != null && known.withoutReset())
                || AnnotationUtils.findAnnotationAttributes(handler.getTargetType(), ReplayOnEffect.class)
                        .filter(attributes -> Boolean.TRUE.equals(attributes.get("withoutReset")))
                        .isPresent();
    }

    static boolean hasMarkedClass(SimpleEventHandlerInvoker invoker) {
        return invoker.eventHandlers().stream().anyMatch(ReplayGroups::isMarked);
    }

    private static boolean isMarked(EventMessageHandler handler) {
        return AnnotationUtils.isAnnotationPresent(handler.getTargetType(), ReplayOnEffect.class);
    }
}
