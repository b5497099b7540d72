package dev.coherence.axon.conflict;

import static dev.coherence.value.InvalidInputException.quoted;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The text of an event: of an action if it has an actor, else of an effect. Immutable. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class ReportedEvent implements Serializable {

    private static final long serialVersionUID = 1L;

    private final long number;
    private final long version;
    private final String timestamp;
    private final String source;
    private final String reason;
    private final String subject;
    private final @Nullable String actor;
    private final @Nullable ReportedPatch patch;
    private final ArrayList<String> triggers;

    /**
     * @param number the sequence number
     * @param version of an action; 0 for an effect
     * @param subject the aggregate of an action, the trigger of an effect
     * @param actor of an action
     * @param patch of an action
     * @param triggers of an action
     */
    @JsonCreator
    ReportedEvent(
            @JsonProperty("number") long number,
            @JsonProperty("version") long version,
            @JsonProperty("timestamp") String timestamp,
            @JsonProperty("source") String source,
            @JsonProperty("reason") String reason,
            @JsonProperty("subject") String subject,
            @JsonProperty("actor") @Nullable String actor,
            @JsonProperty("patch") @Nullable ReportedPatch patch,
            @JsonProperty("triggers") List<String> triggers) {
        this.number = number;
        this.version = version;
        this.timestamp = timestamp;
        this.source = source;
        this.reason = reason;
        this.subject = subject;
        this.actor = actor;
        this.patch = patch;
        this.triggers = new ArrayList<>(triggers);
    }

    static ReportedEvent of(Event event) {
        return event.fold(ReportedEvent::ofAction, ReportedEvent::ofEffect);
    }

    private static ReportedEvent ofAction(RecordedAction recorded) {
        Action action = recorded.action();
        return new ReportedEvent(
                recorded.sequenceNumber(),
                recorded.version(),
                recorded.timestamp().toString(),
                recorded.source(),
                action.reason(),
                action.aggregate().toString(),
                action.actor().toString(),
                ReportedPatch.of(action.patch()),
                action.triggers().stream().map(Identity::toString).toList());
    }

    private static ReportedEvent ofEffect(RecordedEffect recorded) {
        return new ReportedEvent(
                recorded.sequenceNumber(),
                0,
                recorded.timestamp().toString(),
                recorded.source(),
                recorded.effect().reason(),
                recorded.effect().trigger().toString(),
                null,
                null,
                List.of());
    }

    Event event() {
        return actor == null
                ? new RecordedEffect(
                        number, Instant.parse(timestamp), source, new Effect(reason, Identity.parse(subject)))
                : action();
    }

    /** Of an action only. */
    RecordedAction action() {
        Action action = new Action(
                reason,
                Identity.parse(requireNonNull(actor)),
                Identity.parse(subject),
                requireNonNull(patch).patch(),
                triggers.stream().map(Identity::parse).collect(toCollection(TreeSet::new)));
        return new RecordedAction(number, version, Instant.parse(timestamp), source, action);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReportedEvent that
                && number == that.number
                && version == that.version
                && timestamp.equals(that.timestamp)
                && source.equals(that.source)
                && reason.equals(that.reason)
                && subject.equals(that.subject)
                && Objects.equals(actor, that.actor)
                && Objects.equals(patch, that.patch)
                && triggers.equals(that.triggers);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    /** Such as {@code 17 ("update" by "user:bob")} or {@code 18 (effect "key-expired" on "key:1")}. */
    @Override
    public String toString() {
        return actor == null
                ? "%d (effect %s on %s)".formatted(number, quoted(reason), quoted(subject))
                : "%d (%s by %s)".formatted(number, quoted(reason), quoted(actor));
    }
}
