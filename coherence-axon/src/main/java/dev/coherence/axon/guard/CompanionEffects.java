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
 * trigger is locked by then, so that nobody else takes the version, or uses the key.
 */
final class CompanionEffects {

    private final Guarded guarded;
    private final EventIndex index;
    private final EventCodec codec;
    private final KeyedEffects keyed;
    private final AppendedWork work;

    CompanionEffects(Guarded guarded, EventCodec codec, AppendedWork work) {
        this.guarded = guarded;
        this.index = guarded.index();
        this.codec = codec;
        this.keyed = new KeyedEffects(index, codec);
        this.work = work;
    }

    /** Keeps the effects until the events were appended: what is published in the middle of it, Axon may pass over. */
    void prepare(Collection<RequestedEffect> effects) {
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        for (RequestedEffect requested : effects) {
            requested
                    .key()
                    .ifPresentOrElse(
                            key -> {
                                if (isNew(requested.effect(), key)) {
                                    messages.add(once(requested.effect(), key));
                                }
                            },
                            () -> messages.add(codec.encode(draft(requested.effect()), version(requested.effect()))));
        }
        work.fireLater(messages);
    }

    private boolean isNew(Effect effect, String key) {
        Effect ours = work.firedWith(key);
        if (ours != null && !ours.equals(effect)) {
            throw KeyedEffects.usedFor("another effect of the same transaction", effect, key);
        }
        return ours == null && keyed.number(effect, key).isEmpty();
    }

    private DomainEventMessage<?> once(Effect effect, String key) {
        work.fireWith(key, effect);
        return keyed.encode(draft(effect), version(effect), key);
    }

    private Draft draft(Effect effect) {
        return new Draft(
                effect, guarded.settings().clock().instant(), guarded.settings().source(), new TreeSet<>());
    }

    private long version(Effect effect) {
        if (!work.hasFired(effect.trigger())) {
            String stream = index.streamNames().ofEffects(effect.trigger());
            work.beginToFire(effect.trigger(), index.lastNumber(), index.nextVersion(StreamNames.EFFECT_TYPE, stream));
        }
        return work.takeEffectVersion(effect.trigger());
    }
}
