package dev.coherence.axon.conflict;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.coherence.revision.Revision;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All conflicts of a command. Holds text only, so that it survives every serializer on its way to a remote caller: Jackson
 * 2 and 3, XStream, and Java's own. Immutable and thread-safe.
 */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class ConflictReport implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int MAX_SUMMARISED = 5;

    private final String command;
    private final String base;
    private final ArrayList<ReportedConflict> conflicts;

    @JsonCreator
    ConflictReport(
            @JsonProperty("command") String command,
            @JsonProperty("base") String base,
            @JsonProperty("conflicts") List<ReportedConflict> conflicts) {
        this.command = command;
        this.base = base;
        this.conflicts = new ArrayList<>(conflicts);
    }

    /**
     * Returns a report.
     *
     * @param command the name of the refused command
     * @param base what its sender had read
     * @param conflicts at least one, in the order of our events, and for each of them of theirs
     */
    public static ConflictReport of(String command, Revision base, List<ReportedConflict> conflicts) {
        if (conflicts.isEmpty()) {
            throw new IllegalArgumentException("conflicts: must not be empty");
        }
        return new ConflictReport(command, base.toString(), conflicts);
    }

    /** Finds the report in what a command gateway threw, here or from a remote handler. */
    public static Optional<ConflictReport> from(@Nullable Throwable failure) {
        return FailureDetails.find(failure, ConflictReport.class);
    }

    /** Returns the name of the refused command. */
    public String command() {
        return command;
    }

    /** Returns what the sender of the command had read. */
    public Revision base() {
        return Revision.parse(base);
    }

    /** Returns the conflicts, in the order of our events, and for each of them of theirs; at least one. */
    public List<ReportedConflict> conflicts() {
        return Collections.unmodifiableList(conflicts);
    }

    /** Returns the numbers of their events: what the sender has to look at, and to list as resolved to have its way. */
    public SortedSet<Long> unresolved() {
        return conflicts.stream()
                .map(conflict -> conflict.theirs().sequenceNumber())
                .collect(toCollection(TreeSet::new));
    }

    /** Names events and paths, never values, since it may end up in a log. */
    String summary() {
        String shown = conflicts.stream()
                .limit(MAX_SUMMARISED)
                .map(ReportedConflict::toString)
                .collect(joining("; "));
        String more =
                conflicts.size() > MAX_SUMMARISED ? "; and %d more".formatted(conflicts.size() - MAX_SUMMARISED) : "";
        return "%s on revision %s is in conflict with what its sender has not seen: %s%s"
                .formatted(command, base, shown, more);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConflictReport that
                && command.equals(that.command)
                && base.equals(that.base)
                && conflicts.equals(that.conflicts);
    }

    @Override
    public int hashCode() {
        return 31 * command.hashCode() + conflicts.hashCode();
    }

    @Override
    public String toString() {
        return summary();
    }
}
