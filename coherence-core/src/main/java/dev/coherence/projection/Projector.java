package dev.coherence.projection;

import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.document.Document;
import dev.coherence.value.WellFormed;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.Spliterators.AbstractSpliterator;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The projections of a stream of actions, one by one. For one use by one thread. */
final class Projector extends AbstractSpliterator<Projection> {

    private final Iterator<RecordedAction> actions;
    private final long start;
    private final Function<? super Identity, Document> load;
    private final Map<Identity, Document> states = new HashMap<>();
    /** What the next projection carries. */
    private final SortedMap<Identity, Document> news = new TreeMap<>();

    private long last;

    Projector(Iterator<RecordedAction> actions, long start, Function<? super Identity, Document> load) {
        super(Long.MAX_VALUE, ORDERED | NONNULL);
        this.actions = actions;
        this.start = start;
        this.load = WellFormed.present("load", load);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Projection> consumer) {
        boolean started = false;
        while (!started && actions.hasNext()) {
            play(actions.next());
            started = last >= start;
        }
        if (news.isEmpty()) {
            return false;
        }
        consumer.accept(new Projection(last, news));
        news.clear();
        return true;
    }

    private void play(RecordedAction action) {
        if (action.sequenceNumber() <= last) {
            throw new IllegalStateException(
                    "the actions must ascend, but %d comes after %d".formatted(action.sequenceNumber(), last));
        }
        last = action.sequenceNumber();
        Identity aggregate = action.action().aggregate();
        Document before = states.get(aggregate);
        if (before == null) {
            before = action.version() == 0 ? Document.empty() : WellFormed.present("load", load.apply(aggregate));
        }
        Document after = before.apply(action.action().patch());
        states.put(aggregate, after);
        news.put(aggregate, after);
    }
}
