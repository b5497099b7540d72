package dev.coherence.axon.jdbc;

import dev.coherence.action.Event;
import dev.coherence.action.RecordedAction;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.TrackedDomainEventData;

/**
 * A stream of actions that is read page by page, each page beginning above the key of the last row of the one before.
 * Holds one page in memory, and no connection between pages.
 */
final class ActionPages extends AbstractSpliterator<RecordedAction> {

    /** The number of rows fetched at once, as with Axon's own engines. */
    static final int PAGE_SIZE = 100;

    private final EventRows rows;
    private final LongFunction<Sql> page;
    private final ToLongFunction<TrackedDomainEventData<byte[]>> key;
    private final Queue<RecordedAction> fetched = new ArrayDeque<>();
    private long lastKey;
    private boolean atEnd;

    private ActionPages(
            EventRows rows, long firstKey, LongFunction<Sql> page, ToLongFunction<TrackedDomainEventData<byte[]>> key) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT);
        this.rows = rows;
        this.page = page;
        this.key = key;
        this.lastKey = firstKey;
    }

    /**
     * Returns the actions among the rows that the pages select.
     *
     * @param firstKey exclusive
     * @param page gives the select of at most {@value #PAGE_SIZE} rows with keys above the given one, ascending
     * @param key gives the key of a row
     */
    static Stream<RecordedAction> stream(
            EventRows rows, long firstKey, LongFunction<Sql> page, ToLongFunction<TrackedDomainEventData<byte[]>> key) {
        return StreamSupport.stream(new ActionPages(rows, firstKey, page, key), false);
    }

    @Override
    public boolean tryAdvance(Consumer<? super RecordedAction> consumer) {
        while (fetched.isEmpty() && !atEnd) {
            fetchPage();
        }
        RecordedAction next = fetched.poll();
        if (next == null) {
            return false;
        }
        consumer.accept(next);
        return true;
    }

    private void fetchPage() {
        List<TrackedDomainEventData<byte[]>> found = rows.fetch(page.apply(lastKey));
        atEnd = found.size() < PAGE_SIZE;
        if (!found.isEmpty()) {
            lastKey = key.applyAsLong(found.get(found.size() - 1));
            rows.decode(found).forEach(this::addIfAction);
        }
    }

    private void addIfAction(Event event) {
        if (event instanceof RecordedAction action) {
            fetched.add(action);
        }
    }
}
