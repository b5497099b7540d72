package dev.coherence.axon.jdbc;

import dev.coherence.axon.index.BuildListener;
import dev.coherence.axon.index.BuildProgress;
import dev.coherence.axon.index.BuildResult;
import dev.coherence.axon.jdbc.BuildBatch.Done;
import dev.coherence.axon.jdbc.StateTable.Row;
import dev.coherence.log.ConcurrentAppendException;
import dev.coherence.revision.Revision;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One call that builds the index. For one use, by one thread.
 *
 * <ol>
 *   <li>It looks how far the store reaches. That is the target, and stands in the row of state; who comes later may put it further.
 *   <li>It reads the events above the position in that row, a batch in a transaction ({@link BuildBatch}).
 *   <li>It reads only up to the first gap that a transaction in flight may still fill, and waits until that is done.
 *   <li>When the position has reached the target, or there is nothing more to read, the index is complete.
 * </ol>
 */
final class IndexBuild {

    private static final int MAX_FAILURES_IN_A_ROW = 100;
    private static final long PAUSE_MILLIS = 100;

    private final IndexParts parts;
    private final BuildListener listener;
    private final BuildBatch batch;
    private final Tally tally;
    private Reach reach;
    private boolean interrupted;

    IndexBuild(IndexParts parts, BuildListener listener) {
        this.parts = parts;
        this.listener = listener;
        this.tally = new Tally(parts.names());
        this.batch = new BuildBatch(parts);
        this.reach = look();
    }

    /**
     * How far the store can be read.
     *
     * @param last the highest position that is visible
     * @param settled the position up to which nothing will be added any more
     */
    record Reach(long last, long settled) {

        /** Whether all that is visible may be read, and nothing below it is in flight. */
        boolean isAll() {
            return last == settled;
        }
    }

    BuildResult run(boolean fromTheBeginning) {
        Row row = retried(() -> begin(fromTheBeginning));
        String run = row.run();
        boolean goesOn = !row.complete();
        while (goesOn && !isCancelled()) {
            Done done = retried(() -> batch.run(run, reach));
            goesOn = done.goesOn();
            tally.add(done);
            if (goesOn || done.eventsRead() > 0) {
                listener.progressed(new BuildProgress(done.position(), done.target(), tally.eventsRead()));
            }
            if (goesOn && done.isAtReach()) {
                Reach before = reach;
                reach = look();
                if (reach.equals(before)) {
                    pause();
                }
            }
        }
        return tally.result(parts.completeness().note(parts.transaction().run(parts.completeness()::state)));
    }

    private Reach look() {
        Revision head = parts.head().revision();
        long last = head.position().orElseThrow();
        return new Reach(
                last, head.unseen().isEmpty() ? last : head.unseen().get(0).first() - 1);
    }

    private Row begin(boolean fromTheBeginning) {
        StateTable states = parts.states();
        Row fresh = new Row(false, UUID.randomUUID().toString(), 0, reach.last(), 0);
        Row old = states.lock().orElse(null);
        if (old == null) {
            states.insert(fresh);
            return fresh;
        }
        if (old.complete() && !fromTheBeginning) {
            return old;
        }
        Row row = fromTheBeginning ? fresh : old.withTarget(Math.max(old.target(), reach.last()));
        states.update(row);
        return row;
    }

    private boolean isCancelled() {
        return interrupted || listener.isCancelled();
    }

    /** Does it in a transaction of its own; when others are in the way, again. */
    private <T> T retried(Supplier<T> work) {
        for (int failures = 1; ; failures++) {
            try {
                return parts.transaction().run(work);
            } catch (ConcurrentAppendException e) {
                if (failures >= MAX_FAILURES_IN_A_ROW || isCancelled()) {
                    throw e;
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted = true;
        }
    }
}
