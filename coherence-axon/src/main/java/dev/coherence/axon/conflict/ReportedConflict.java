package dev.coherence.axon.conflict;

import static dev.coherence.value.InvalidInputException.quoted;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.conflict.Conflict;
import dev.coherence.conflict.Dispute;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event of ours against one event of theirs, as it is reported. Immutable and thread-safe. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class ReportedConflict implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String aggregate;
    private final @Nullable ReportedEvent ours;
    private final ReportedEvent theirs;
    private final ArrayList<ReportedDispute> disputes;

    @JsonCreator
    ReportedConflict(
            @JsonProperty("aggregate") String aggregate,
            @JsonProperty("ours") @Nullable ReportedEvent ours,
            @JsonProperty("theirs") ReportedEvent theirs,
            @JsonProperty("disputes") List<ReportedDispute> disputes) {
        this.aggregate = aggregate;
        this.ours = ours;
        this.theirs = theirs;
        this.disputes = new ArrayList<>(disputes);
    }

    /** Returns the conflict as it is reported. */
    public static ReportedConflict of(Conflict conflict) {
        return new ReportedConflict(
                conflict.ours().action().aggregate().toString(),
                ReportedEvent.of(conflict.ours()),
                ReportedEvent.of(conflict.theirs()),
                conflict.disputes().stream().map(ReportedDispute::of).toList());
    }

    /** Returns a conflict that was found before it was known what we would do to the aggregate. */
    public static ReportedConflict early(Identity aggregate, Event theirs) {
        return new ReportedConflict(aggregate.toString(), null, ReportedEvent.of(theirs), List.of());
    }

    /** Returns the aggregate that we wanted to change. */
    public Identity aggregate() {
        return Identity.parse(aggregate);
    }

    /**
     * Returns our action, with the numbers that it would have had; nothing if the command was refused before its handler
     * ran.
     */
    public Optional<RecordedAction> ours() {
        return Optional.ofNullable(ours).map(ReportedEvent::action);
    }

    /** Returns the unseen event. */
    public Event theirs() {
        return theirs.event();
    }

    /**
     * Returns the disputes that list their event, in the order of the paths. May be empty: an effect, and an event that
     * touches everything, are in conflict as such, and so is every unseen event under the strict policy.
     */
    public List<Dispute> disputes() {
        return disputes.stream().map(ReportedDispute::dispute).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReportedConflict that
                && aggregate.equals(that.aggregate)
                && Objects.equals(ours, that.ours)
                && theirs.equals(that.theirs)
                && disputes.equals(that.disputes);
    }

    @Override
    public int hashCode() {
        return 31 * aggregate.hashCode() + theirs.hashCode();
    }

    /** Names events and paths, never values, since it may end up in a log. */
    @Override
    public String toString() {
        String paths = disputes.stream().map(dispute -> quoted(dispute.path())).collect(joining(", "));
        return "%s changed by %s%s"
                .formatted(quoted(aggregate), theirs, paths.isEmpty() ? "" : ", in dispute: " + paths);
    }
}
