package dev.coherence.axon.guard;

import dev.coherence.action.Effect;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.Draft;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * Makes an effect for each trigger that events fire, to be appended to the stream of the trigger right after the events. The
 * trigger is locked by then, so that nobody else takes the version.
 */
final class CompanionEffects {

    private final Guarded guarded;
    private final EventIndex index;
    private final EventCodec codec;
    private final AppendedWork work;

    CompanionEffects(Guarded guarded, EventCodec codec, AppendedWork work) {
        this.guarded = guarded;
        this.index = guarded.index();
        this.codec = codec;
        this.work = work;
    }

    /** Keeps the effects until the events were appended: what is published in the middle of it, Axon may pass over. */
    void prepare(Collection<Effect> effects) {
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        for (Effect effect : effects) {
            Draft draft = new Draft(
                    effect,
                    guarded.settings().clock().instant(),
                    guarded.settings().source(),
                    new TreeSet<>());
            if (!work.hasFired(effect.trigger())) {
                work.beginToFire(
                        effect.trigger(),
                        index.lastNumber(),
                        index.nextVersion(StreamNames.EFFECT_TYPE, codec.stream(draft)));
            }
            messages.add(codec.encode(draft, work.takeEffectVersion(effect.trigger())));
        }
        work.fireLater(messages);
    }
}
