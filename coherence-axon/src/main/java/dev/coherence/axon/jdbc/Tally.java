package dev.coherence.axon.jdbc;

import dev.coherence.axon.index.BuildResult;
import dev.coherence.axon.index.IndexState;
import dev.coherence.axon.index.UnreadableEvent;
import dev.coherence.axon.jdbc.BuildBatch.Done;
import dev.coherence.axon.jdbc.Comparison.Difference;
import dev.coherence.axon.jdbc.IndexRow.Link;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.value.InvalidInputException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a call has built, and names in the log what it could not read. */
final class Tally {

    private static final Logger logger =
            LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

    private final StreamNames names;
    private final SortedSet<String> kinds = new TreeSet<>();
    private final List<UnreadableEvent> unreadable = new ArrayList<>();
    private long eventsRead;
    private long links;
    private long effects;
    private long requests;
    private long corrected;

    Tally(StreamNames names) {
        this.names = names;
    }

    void add(Done done) {
        eventsRead += done.eventsRead();
        links += missing(done.differences().links());
        effects += missing(done.differences().effects());
        requests += missing(done.differences().requests());
        corrected += done.differences().wrong();
        done.differences().links().stream().filter(Tally::isEarlier).forEach(this::addKind);
        done.unreadable().forEach(this::addUnreadable);
    }

    long eventsRead() {
        return eventsRead;
    }

    private static <R extends IndexRow> long missing(List<Difference<R>> differences) {
        return differences.stream().filter(Difference::isMissing).count();
    }

    /** Whether effects affect the aggregate that did not before. */
    private static boolean isEarlier(Difference<Link> link) {
        Link stored = link.stored();
        return stored == null || link.expected().number() < stored.number();
    }

    private void addKind(Difference<Link> difference) {
        Link link = difference.expected();
        try {
            String type = link.type() == null ? "" : link.type();
            kinds.add(names.aggregate(type, link.identifier()).kind());
        } catch (InvalidInputException e) {
            logger.debug("Aggregate {} has no name by which a replay could be asked for", link.identifier(), e);
        }
    }

    private void addUnreadable(UnreadableEvent event) {
        if (unreadable.size() < BuildResult.MAX_NAMED) {
            unreadable.add(event);
            logger.warn(
                    "What event {} ({}) links to is not known, since it cannot be read: {}",
                    event.number(),
                    event.payloadType(),
                    event.reason());
        }
    }

    BuildResult result(IndexState state) {
        return new BuildResult(state, eventsRead, links, effects, requests, corrected, kinds, unreadable);
    }
}
