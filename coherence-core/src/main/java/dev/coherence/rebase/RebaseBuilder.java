package dev.coherence.rebase;

import dev.coherence.action.Change;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.encryption.Encryption;
import dev.coherence.log.EventLog;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Collects a history, to be laid on a base by {@link #execute()}. Malformed input is refused with an {@link
 * InvalidInputException} whose place says where it stands, such as {@code history[0].action.reason}; some at once, some
 * by {@link #execute()}, before anything is opened. Not thread-safe; may be executed again, for instance after a {@link
 * RebaseResult.WriteConflict}.
 */
public final class RebaseBuilder {

    /** How many entries a history may hold, inclusive. */
    public static final int MAX_ENTRIES = 1_000;

    /** How many numbers may be resolved in one rebase, inclusive. */
    public static final int MAX_RESOLVED = 10_000;

    private final EventLog log;
    private final Revision base;
    private final String defaultSource;
    private final Clock clock;
    private final Encryption encryption;
    private final List<HistoryEntry> history = new ArrayList<>();
    private final SortedSet<Long> resolved = new TreeSet<>();
    private ConflictPolicy policy;
    private boolean dryRun;

    /**
     * For the facade, which knows the settings.
     *
     * @param base what the author of the history has seen
     * @param defaultSource the source of entries that name none
     * @param policy the policy unless another one is chosen
     * @param clock gives the timestamp of entries that name none
     * @param encryption encrypts the values of actions that ask for it
     */
    public RebaseBuilder(
            EventLog log,
            Revision base,
            String defaultSource,
            ConflictPolicy policy,
            Clock clock,
            Encryption encryption) {
        this.log = WellFormed.present("log", log);
        this.base = WellFormed.present("base", base);
        this.defaultSource = WellFormed.name("source", defaultSource);
        this.policy = WellFormed.present("policy", policy);
        this.clock = WellFormed.present("clock", clock);
        this.encryption = WellFormed.present("encryption", encryption);
    }

    /** Adds an action to the end of the history. */
    public RebaseBuilder action(Consumer<? super ActionBuilder> description) {
        return add("action", new ActionBuilder(encryption), description);
    }

    /** Adds an effect to the end of the history. */
    public RebaseBuilder effect(Consumer<? super EffectBuilder> description) {
        return add("effect", new EffectBuilder(), description);
    }

    /**
     * Adds a change that was made elsewhere to the end of the history.
     *
     * @param timestamp when it happened; the time of the rebase if empty
     * @param source where it comes from; the default source if empty
     */
    public RebaseBuilder append(Change change, Optional<Instant> timestamp, Optional<String> source) {
        history.add(InvalidInputException.inside(nextPlace(), () -> new HistoryEntry(change, timestamp, source)));
        return this;
    }

    /** Adds numbers of events that the author knows and treats as seen. Numbers that name no event have no effect. */
    public RebaseBuilder resolved(long... numbers) {
        return resolved(Arrays.stream(numbers).boxed().toList());
    }

    /** Adds numbers of events that the author knows and treats as seen. Numbers that name no event have no effect. */
    public RebaseBuilder resolved(Collection<Long> numbers) {
        for (Long number : WellFormed.present("resolved", numbers)) {
            resolved.add(WellFormed.present("resolved", number));
        }
        return this;
    }

    /** Chooses the policy for this rebase; by default that of the settings. */
    public RebaseBuilder policy(ConflictPolicy policy) {
        this.policy = WellFormed.present("policy", policy);
        return this;
    }

    /** Makes it a dry run: the result tells what would happen, and nothing is stored. */
    public RebaseBuilder dryRun() {
        return dryRun(true);
    }

    /** Says whether it is a dry run, in which the result tells what would happen, and nothing is stored. */
    public RebaseBuilder dryRun(boolean dryRun) {
        this.dryRun = dryRun;
        return this;
    }

    /**
     * Lays the history on the base, in one transaction of its own.
     *
     * @throws InvalidInputException if the history is empty or too long, if a resolved number is below 1 or there are
     *     too many, or if the base has a version although the history acts on several aggregates
     * @throws dev.coherence.key.EndedKeyException if a key that a value is encrypted with has ended meanwhile; nothing is stored
     * @throws dev.coherence.key.UnknownKeyException if it is not in the vault, as it may be with a change that was made elsewhere
     */
    public RebaseResult execute() {
        Instant now = clock.instant();
        return Rebase.execute(
                log,
                encryption,
                new RebaseRequest(
                        base,
                        history.stream()
                                .map(entry -> entry.draft(now, defaultSource))
                                .toList(),
                        resolved,
                        policy,
                        dryRun));
    }

    private <B extends EntryBuilder<B>> RebaseBuilder add(String kind, B entry, Consumer<? super B> description) {
        history.add(InvalidInputException.inside(nextPlace() + "." + kind, () -> {
            description.accept(entry);
            return entry.entry();
        }));
        return this;
    }

    private String nextPlace() {
        return "history[" + history.size() + "]";
    }
}
