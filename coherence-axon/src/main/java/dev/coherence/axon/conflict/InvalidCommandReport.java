package dev.coherence.axon.conflict;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with what a command says of the state that its sender had read. Holds text only, as {@link ConflictReport}
 * does, to survive every serializer on its way to a remote caller. Immutable and thread-safe.
 */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class InvalidCommandReport implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String place;
    private final String problem;

    @JsonCreator
    InvalidCommandReport(@JsonProperty("place") String place, @JsonProperty("problem") String problem) {
        this.place = place;
        this.problem = problem;
    }

    /** Finds the report in what a command gateway threw, here or from a remote handler. */
    public static Optional<InvalidCommandReport> from(@Nullable Throwable failure) {
        return FailureDetails.find(failure, InvalidCommandReport.class);
    }

    /** Returns where the input stands, such as {@code ReviseBook.base}. */
    public String place() {
        return place;
    }

    /** Returns the rule that is broken and the way out; without a trailing full stop. */
    public String problem() {
        return problem;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InvalidCommandReport that && place.equals(that.place) && problem.equals(that.problem);
    }

    @Override
    public int hashCode() {
        return 31 * place.hashCode() + problem.hashCode();
    }

    @Override
    public String toString() {
        return place + ": " + problem;
    }
}
