package dev.coherence.rebase;

import dev.coherence.action.Change;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import org.jspecify.annotations.Nullable;

/**
 * Describes an effect of a history. Reason and trigger are required. Whatever is malformed is refused with an {@link
 * InvalidInputException}, at once or when the effect is complete. Not thread-safe.
 */
public final class EffectBuilder extends EntryBuilder<EffectBuilder> {

    private @Nullable Identity trigger;

    EffectBuilder() {}

    /** What is fired; required. */
    public EffectBuilder trigger(String kind, String id) {
        return trigger(InvalidInputException.inside("trigger", () -> Identity.of(kind, id)));
    }

    /** What is fired; required. */
    public EffectBuilder trigger(Identity trigger) {
        this.trigger = trigger;
        return this;
    }

    @Override
    EffectBuilder self() {
        return this;
    }

    @Override
    Change change(String reason) {
        return new Effect(reason, WellFormed.present("trigger", trigger));
    }
}
