package dev.coherence.axon.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.value.WellFormed;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A request to fire an effect: what a scheduler publishes when its time has come, and what is published within a unit of
 * work. By itself it changes nothing; the guard appends the effect in the same transaction. Immutable and thread-safe; text
 * only, for the reasons given at {@link PatchApplied}.
 */
@Revision("1")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class EffectRequested implements Patching {

    private final String reason;
    private final String trigger;
    private final @Nullable String key;

    @JsonCreator
    EffectRequested(
            @JsonProperty("reason") String reason,
            @JsonProperty("trigger") String trigger,
            @JsonProperty("key") @Nullable String key) {
        this.reason = reason;
        this.trigger = trigger;
        this.key = key;
    }

    /** Asks for the effect, as often as the request is published. */
    public static EffectRequested of(Effect effect) {
        requireNonNull(effect, "effect");
        return new EffectRequested(effect.reason(), effect.trigger().toString(), null);
    }

    /**
     * Asks for the effect once, however often it is asked for with this key.
     *
     * @throws dev.coherence.value.InvalidInputException with place {@code key}, if the key is no name
     */
    public static EffectRequested once(Effect effect, String key) {
        requireNonNull(effect, "effect");
        return new EffectRequested(effect.reason(), effect.trigger().toString(), WellFormed.name("key", key));
    }

    /** Returns the effect that is asked for. */
    public Effect effect() {
        return new Effect(reason, Identity.parse(trigger));
    }

    /** Returns the key with which the effect is fired once; nothing if it is fired each time. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** Nothing, also when an aggregate applies the request. */
    @Override
    public Patch patch() {
        return Patch.nothing();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EffectRequested that
                && reason.equals(that.reason)
                && trigger.equals(that.trigger)
                && Objects.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(reason, trigger, key);
    }

    @Override
    public String toString() {
        return "EffectRequested[reason=%s, trigger=%s%s]".formatted(reason, trigger, key == null ? "" : ", key=" + key);
    }
}
