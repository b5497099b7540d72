package dev.coherence.axon.event;

/**
 * Keys of metadata that coherence reads from commands, and of metadata that it adds to stored events. All values on events
 * are text; numbers of events are ascending and separated by commas, and a key without any number is absent.
 */
public final class CoherenceMetaData {

    /**
     * When the action or effect happened, as ISO-8601 instant with up to nine decimals. Axon's own timestamp of the
     * message is the time of the append, because Axon judges by it whether a gap in the global order may still be filled.
     */
    public static final String TIMESTAMP = "coherence-timestamp";

    /**
     * On a command: what its sender had read, as a {@link dev.coherence.revision.Revision}, its text, or a {@link Long}
     * that is a version; for commands that cannot have {@link dev.coherence.axon.annotation.TargetRevision}.
     */
    public static final String BASE = "coherence-base";

    /**
     * On a command: the numbers of events that its sender accepts without having read them with the aggregate, as a
     * collection of numbers or as text; for commands that cannot have {@link
     * dev.coherence.axon.annotation.ResolvedConflicts}.
     */
    public static final String RESOLVED = "coherence-resolved";

    /** On a command: {@code strict} or {@code merge}. */
    public static final String POLICY = "coherence-policy";

    /** On commands and events: who acts, as printed {@link dev.coherence.action.Identity}. */
    public static final String ACTOR = "coherence-actor";

    /** On an event of an annotated aggregate: why the aggregate is changed. */
    public static final String REASON = "coherence-reason";

    /** On an event of an annotated aggregate: the triggers it links to, as printed identities, one on each line. */
    public static final String TRIGGERS = "coherence-triggers";

    /** The system that the action or effect came from. */
    public static final String SOURCE = "coherence-source";

    /** On an effect: the key with which it was fired once. */
    public static final String KEY = "coherence-key";

    /**
     * Numbers of the unseen events that policy {@code merge} passed over when this event was appended.
     */
    public static final String MERGED = "coherence-merged";

    /** Numbers of the unseen events that the sender of the command listed as resolved. */
    public static final String LISTED = "coherence-listed";

    /** Numbers of the unseen events that the command handler marked as resolved. */
    public static final String MARKED = "coherence-marked";

    /** Numbers of the events in conflict over which a conflict handler let this event go. */
    public static final String ACCEPTED = "coherence-accepted";

    /** Numbers of the events in conflict because of which a conflict handler put this event in the place of another. */
    public static final String REPLACED = "coherence-replaced";

    private CoherenceMetaData() {}
}
