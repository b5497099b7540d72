package dev.coherence.rebase;

import dev.coherence.action.Change;
import dev.coherence.value.WellFormed;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the builders of actions and of effects have in common. */
abstract sealed class EntryBuilder<B extends EntryBuilder<B>> permits ActionBuilder, EffectBuilder {

    private @Nullable String reason;
    private Optional<Instant> timestamp = Optional.empty();
    private Optional<String> source = Optional.empty();

    EntryBuilder() {}

    /** Why it happens; required. */
    public B reason(String reason) {
        this.reason = reason;
        return self();
    }

    /** When it happened, to the nanosecond; by default when the rebase is executed. */
    public B timestamp(Instant timestamp) {
        this.timestamp = Optional.of(WellFormed.present("timestamp", timestamp));
        return self();
    }

    /** Where it comes from; by default the source of the settings. */
    public B source(String source) {
        this.source = Optional.of(WellFormed.present("source", source));
        return self();
    }

    abstract B self();

    abstract Change change(String reason);

    final HistoryEntry entry() {
        return new HistoryEntry(change(WellFormed.present("reason", reason)), timestamp, source);
    }
}
