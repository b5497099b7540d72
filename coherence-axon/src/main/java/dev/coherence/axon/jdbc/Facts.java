package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.UnreadableEvent;
import java.util.ArrayList;
import java.util.List;

/** What stored events say that the index is to hold, by ascending number. */
record Facts(
        List<Link> links,
        List<IndexRow.Effect> effects,
        List<IndexRow.Request> requests,
        List<UnreadableEvent> unreadable) {

    Facts() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** An event in the stream of an aggregate, of the given type, links the aggregate to the trigger. */
    record Link(long number, String identifier, String type, Identity trigger) {}

    boolean isUnreadable(long number) {
        return unreadable.stream().anyMatch(event -> event.number() == number);
    }
}
