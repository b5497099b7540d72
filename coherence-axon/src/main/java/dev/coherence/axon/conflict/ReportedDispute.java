package dev.coherence.axon.conflict;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.coherence.action.Path;
import dev.coherence.conflict.Dispute;
import dev.coherence.value.Value;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of a {@link Dispute}: values as canonical JSON, and null where there is none. Immutable. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class ReportedDispute implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final @Nullable String base;
    private final @Nullable String ours;
    private final @Nullable String theirs;
    private final ArrayList<Long> events;

    @JsonCreator
    ReportedDispute(
            @JsonProperty("path") String path,
            @JsonProperty("base") @Nullable String base,
            @JsonProperty("ours") @Nullable String ours,
            @JsonProperty("theirs") @Nullable String theirs,
            @JsonProperty("events") List<Long> events) {
        this.path = path;
        this.base = base;
        this.ours = ours;
        this.theirs = theirs;
        this.events = new ArrayList<>(events);
    }

    static ReportedDispute of(Dispute dispute) {
        return new ReportedDispute(
                dispute.path().toString(),
                text(dispute.base()),
                text(dispute.ours()),
                text(dispute.theirs()),
                dispute.events());
    }

    Dispute dispute() {
        return new Dispute(Path.parse(path), value(base), value(ours), value(theirs), events);
    }

    String path() {
        return path;
    }

    private static @Nullable String text(Optional<Value> value) {
        return value.map(Value::toJson).orElse(null);
    }

    private static Optional<Value> value(@Nullable String json) {
        return Optional.ofNullable(json).map(Value::parse);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReportedDispute that
                && path.equals(that.path)
                && Objects.equals(base, that.base)
                && Objects.equals(ours, that.ours)
                && Objects.equals(theirs, that.theirs)
                && events.equals(that.events);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + events.hashCode();
    }
}
