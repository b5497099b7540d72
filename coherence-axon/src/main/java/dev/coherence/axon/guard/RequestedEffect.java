package dev.coherence.axon.guard;

import dev.coherence.action.Effect;
import dev.coherence.axon.event.EffectRequested;
import dev.coherence.axon.payload.EventDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * An effect that an event asks for.
 *
 * @param key with which it is fired once; nothing if it is fired each time
 */
record RequestedEffect(Effect effect, Optional<String> key) {

    /** What an event asks for, given the description of its class. */
    static List<RequestedEffect> by(EventDescriptor descriptor, Object payload) {
        if (payload instanceof EffectRequested request) {
            return List.of(new RequestedEffect(request.effect(), request.key()));
        }
        return descriptor.declaresEffects()
                ? descriptor.effects(payload).stream()
                        .map(effect -> new RequestedEffect(effect, Optional.empty()))
                        .toList()
                : List.of();
    }
}
