package dev.coherence.axon.event;

/** Keys of the metadata that coherence adds to stored events. All values are text. */
public final class CoherenceMetaData {

    /**
     * When the action or effect happened, as ISO-8601 instant with up to nine decimals. Axon's own timestamp of the
     * message is the time of the append, because Axon judges by it whether a gap in the global order may still be filled.
     */
    public static final String TIMESTAMP = "coherence-timestamp";

    /** The system that the action or effect came from. */
    public static final String SOURCE = "coherence-source";

    /**
     * Numbers of the events that policy {@code merge} passed over when this event was appended, ascending, separated by
     * commas. Absent if there were none.
     */
    public static final String MERGED = "coherence-merged";

    private CoherenceMetaData() {}
}
