package dev.coherence.axon.jdbc;

import dev.coherence.axon.index.BuildListener;
import dev.coherence.axon.index.BuildProgress;
import dev.coherence.axon.index.BuildResult;
import dev.coherence.axon.index.Discrepancy;
import dev.coherence.axon.index.Discrepancy.Problem;
import dev.coherence.axon.index.UnreadableEvent;
import dev.coherence.axon.index.Verification;
import dev.coherence.axon.jdbc.Comparison.Difference;
import dev.coherence.axon.jdbc.IndexRow.Link;
import dev.coherence.axon.jdbc.IndexRow.LinkKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.axonframework.eventhandling.TrackedDomainEventData;

/**
 * One verification: goes through all events and asks for their rows, then through all rows and asks for their events. Each look is
 * a transaction of its own. For one use.
 */
final class IndexVerification {

    private static final int MAX_REMEMBERED = 100_000;

    private final IndexParts parts;
    private final BuildListener listener;
    private final RowCheck rowCheck;
    private final Set<LinkKey> reported = new HashSet<>();
    private final List<Discrepancy> discrepancies = new ArrayList<>();
    private final List<UnreadableEvent> unreadable = new ArrayList<>();
    private final Map<Problem, Long> counts = new EnumMap<>(Problem.class);
    private final long target;
    private long unreadableCount;
    private long eventsRead;
    private long rowsRead;

    IndexVerification(IndexParts parts, BuildListener listener) {
        this.parts = parts;
        this.listener = listener;
        this.rowCheck = new RowCheck(parts);
        this.target = parts.head().highestNumber();
    }

    Verification run() {
        boolean finished = eventsHaveRows() && rowsHaveEvents();
        return new Verification(
                finished,
                eventsRead,
                rowsRead,
                counts.getOrDefault(Problem.MISSING, 0L),
                counts.getOrDefault(Problem.WRONG, 0L),
                counts.getOrDefault(Problem.SUPERFLUOUS, 0L),
                discrepancies,
                unreadableCount,
                unreadable);
    }

    private boolean eventsHaveRows() {
        long position = 0;
        while (!listener.isCancelled()) {
            long above = position;
            List<TrackedDomainEventData<byte[]>> events = parts.transaction().run(() -> compare(above));
            eventsRead += events.size();
            boolean isLast = events.size() < parts.batchSize();
            position = isLast
                    ? target
                    : events.get(events.size() - 1).trackingToken().position().orElseThrow();
            listener.progressed(new BuildProgress(position, target, eventsRead));
            if (isLast) {
                return true;
            }
        }
        return false;
    }

    private List<TrackedDomainEventData<byte[]>> compare(long above) {
        List<TrackedDomainEventData<byte[]>> events = parts.events(above, target);
        Facts facts = parts.facts().of(events);
        facts.unreadable().forEach(this::addUnreadable);
        parts.comparison().of(facts).all().forEach(this::add);
        return events;
    }

    private boolean rowsHaveEvents() {
        IndexRows rows = parts.rows();
        return pages(new LinkKey("", ""), rows::linksAbove, Link::key, rowCheck::unfounded)
                && pages(0L, rows::effectsAbove, IndexRow::number, page -> rowCheck.withoutEvent(page, Facts::effects))
                && pages(
                        0L,
                        rows::requestsAbove,
                        IndexRow::number,
                        page -> rowCheck.withoutEvent(page, Facts::requests));
    }

    private <K, R> boolean pages(
            K first, Function<K, List<R>> page, Function<R, K> key, Function<List<R>, List<Discrepancy>> check) {
        K last = first;
        while (!listener.isCancelled()) {
            K above = last;
            List<R> rows = parts.transaction().run(() -> {
                List<R> found = page.apply(above);
                check.apply(found).forEach(this::add);
                return found;
            });
            rowsRead += rows.size();
            listener.progressed(new BuildProgress(target, target, eventsRead));
            if (rows.size() < IndexRows.PAGE_SIZE) {
                return true;
            }
            last = key.apply(rows.get(rows.size() - 1));
        }
        return false;
    }

    private void addUnreadable(UnreadableEvent event) {
        unreadableCount++;
        if (unreadable.size() < BuildResult.MAX_NAMED) {
            unreadable.add(event);
        }
    }

    /** A link that several events make is told once, unless there are very many. */
    private void add(Difference<? extends IndexRow> difference) {
        if (difference.expected() instanceof Link link
                && reported.size() < MAX_REMEMBERED
                && !reported.add(link.key())) {
            return;
        }
        IndexRow stored = difference.stored();
        add(
                stored == null
                        ? new Discrepancy(Problem.MISSING, difference.expected().told())
                        : new Discrepancy(
                                Problem.WRONG,
                                "%s; expected %s"
                                        .formatted(
                                                stored.told(),
                                                difference.expected().told())));
    }

    private void add(Discrepancy discrepancy) {
        counts.merge(discrepancy.problem(), 1L, Long::sum);
        if (discrepancies.size() < BuildResult.MAX_NAMED) {
            discrepancies.add(discrepancy);
        }
    }
}
