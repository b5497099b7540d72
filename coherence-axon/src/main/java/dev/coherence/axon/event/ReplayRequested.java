package dev.coherence.axon.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.coherence.action.Identity;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a request to replay one aggregate, or all of a kind: the payload of an event that belongs to no aggregate.
 * It changes nothing, and so is never in conflict with anything. Immutable and thread-safe; text only, for the reasons given
 * at {@link PatchApplied}.
 */
@Revision("1")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class ReplayRequested {

    private final String reason;
    private final String kind;
    private final @Nullable String id;
    private final String groups;

    @JsonCreator
    ReplayRequested(
            @JsonProperty("reason") String reason,
            @JsonProperty("kind") String kind,
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("groups") String groups) {
        this.reason = reason;
        this.kind = kind;
        this.id = id;
        this.groups = groups;
    }

    /**
     * Asks for the replay of one aggregate.
     *
     * @param groups the processing groups to replay it to; all that take part in replays, if empty
     * @throws InvalidInputException if the reason or a group is no name
     */
    public static ReplayRequested of(String reason, Identity aggregate, Collection<String> groups) {
        requireNonNull(aggregate, "aggregate");
        return new ReplayRequested(WellFormed.name("reason", reason), aggregate.kind(), aggregate.id(), lines(groups));
    }

    /**
     * Asks for the replay of all aggregates of a kind.
     *
     * @param groups the processing groups to replay them to; all that take part in replays, if empty
     * @throws InvalidInputException if the reason, the kind or a group is no name
     */
    public static ReplayRequested ofKind(String reason, String kind, Collection<String> groups) {
        return new ReplayRequested(
                WellFormed.name("reason", reason), WellFormed.name("kind", kind), null, lines(groups));
    }

    private static String lines(Collection<String> groups) {
        Set<String> sorted = new TreeSet<>();
        groups.forEach(group -> {
            WellFormed.name("groups", group);
            if (group.indexOf('\n') >= 0) {
                throw new InvalidInputException("groups", "holds a name with a line feed");
            }
            sorted.add(group);
        });
        return String.join("\n", sorted);
    }

    /** Returns why the replay was asked for. */
    public String reason() {
        return reason;
    }

    /** Returns the kind of the aggregates to be replayed. */
    public String kind() {
        return kind;
    }

    /** Returns the one aggregate to be replayed; nothing if all of the kind are. */
    public Optional<Identity> aggregate() {
        return Optional.ofNullable(id).map(present -> Identity.of(kind, present));
    }

    /** Returns the processing groups to replay to, sorted; all that take part in replays, if empty. */
    public List<String> groups() {
        return groups.isEmpty() ? List.of() : List.of(groups.split("\n"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReplayRequested that
                && reason.equals(that.reason)
                && kind.equals(that.kind)
                && Objects.equals(id, that.id)
                && groups.equals(that.groups);
    }

    @Override
    public int hashCode() {
        return Objects.hash(reason, kind, id, groups);
    }

    @Override
    public String toString() {
        return "ReplayRequested[reason=%s, %s, groups=%s]"
                .formatted(reason, aggregate().map(Identity::toString).orElse("all of kind " + kind), groups());
    }
}
