package dev.coherence.axon.event;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import org.axonframework.serialization.Revision;

/**
 * The stored form of an effect: the payload of a domain event in the stream of the trigger that it fires. Immutable and
 * thread-safe; text only, for the reasons given at {@link PatchApplied}.
 */
@Revision("1")
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class EffectFired {

    private final String reason;
    private final String trigger;

    @JsonCreator
    EffectFired(@JsonProperty("reason") String reason, @JsonProperty("trigger") String trigger) {
        this.reason = reason;
        this.trigger = trigger;
    }

    /** Returns the stored form of the effect. */
    public static EffectFired of(Effect effect) {
        return new EffectFired(effect.reason(), effect.trigger().toString());
    }

    /** Returns the effect. */
    public Effect toEffect() {
        return new Effect(reason, trigger());
    }

    /** Returns why the trigger was fired. */
    public String reason() {
        return reason;
    }

    /** Returns the trigger that was fired. */
    public Identity trigger() {
        return Identity.parse(trigger);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EffectFired that && reason.equals(that.reason) && trigger.equals(that.trigger);
    }

    @Override
    public int hashCode() {
        return 31 * reason.hashCode() + trigger.hashCode();
    }

    @Override
    public String toString() {
        return "EffectFired[reason=%s, trigger=%s]".formatted(reason, trigger);
    }
}
