package dev.coherence.axon.jdbc;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.TrackedDomainEventData;

/**
 * A stream that is read page by page, each page beginning above the key of the last row of the one before. Holds one page in
 * memory, and no connection between pages.
 *
 * @param <T> what the stream gives
 */
final class Pages<T> extends AbstractSpliterator<T> {

    /** The number of rows fetched at once, as with Axon's own engines. */
    static final int PAGE_SIZE = 100;

    private final EventRows rows;
    private final LongFunction<Sql> page;
    private final ToLongFunction<TrackedDomainEventData<byte[]>> key;
    private final Function<List<TrackedDomainEventData<byte[]>>, Stream<T>> content;
    private final Queue<T> fetched = new ArrayDeque<>();
    private long lastKey;
    private boolean atEnd;

    private Pages(
            EventRows rows,
            long firstKey,
            LongFunction<Sql> page,
            ToLongFunction<TrackedDomainEventData<byte[]>> key,
            Function<List<TrackedDomainEventData<byte[]>>, Stream<T>> content) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT);
        this.rows = rows;
        this.page = page;
        this.key = key;
        this.content = content;
        this.lastKey = firstKey;
    }

    /**
     * Returns what the rows hold that the pages select.
     *
     * @param firstKey exclusive
     * @param page gives the select of at most {@value #PAGE_SIZE} rows with keys above the given one, ascending
     * @param key gives the key of a row
     * @param content gives what the rows of a page hold
     */
    static <T> Stream<T> stream(
            EventRows rows,
            long firstKey,
            LongFunction<Sql> page,
            ToLongFunction<TrackedDomainEventData<byte[]>> key,
            Function<List<TrackedDomainEventData<byte[]>>, Stream<T>> content) {
        return StreamSupport.stream(new Pages<>(rows, firstKey, page, key, content), false);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> consumer) {
        while (fetched.isEmpty() && !atEnd) {
            fetchPage();
        }
        T next = fetched.poll();
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
            content.apply(found).forEach(fetched::add);
        }
    }
}
