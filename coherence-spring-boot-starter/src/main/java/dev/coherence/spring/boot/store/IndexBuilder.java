package dev.coherence.spring.boot.store;

import dev.coherence.axon.index.BuildListener;
import dev.coherence.axon.index.BuildProgress;
import dev.coherence.axon.index.BuildResult;
import dev.coherence.axon.index.IndexMaintenance;
import dev.coherence.axon.index.IndexState;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Builds the link index when the application has started, on a thread of its own; or says that somebody should. The start does
 * not wait for it. When the application stops, the build ends after the batch at hand, and the next one goes on there.
 */
public final class IndexBuilder implements SmartLifecycle {

    private static final Logger logger =
            LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

    private static final long WAIT_MILLIS = 30_000;

    private final Supplier<IndexMaintenance> maintenance;
    private final IndexBuildMode mode;
    private volatile boolean stopped = true;
    private @Nullable Thread thread;

    /** Creates a builder that does nothing before it is started. */
    public IndexBuilder(Supplier<IndexMaintenance> maintenance, IndexBuildMode mode) {
        this.maintenance = maintenance;
        this.mode = mode;
    }

    /** Axon knows its aggregates by now, and hence which events may have links. */
    @Override
    public synchronized void start() {
        stopped = false;
        Thread builder = new Thread(this::run, "coherence-index");
        builder.setDaemon(true);
        builder.start();
        thread = builder;
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (thread != null) {
            try {
                thread.join(WAIT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }

    /** Last to start and first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void run() {
        try {
            IndexMaintenance index = maintenance.get();
            if (mode == IndexBuildMode.REBUILD) {
                tell(index.rebuild(new Progress()));
            } else if (!index.state().isComplete()) {
                runIncomplete(index);
            }
        } catch (RuntimeException | LinkageError e) {
            logger.error(
                    "The link index is not built to its end; the next start or call goes on where this one stopped", e);
        }
    }

    private void runIncomplete(IndexMaintenance index) {
        IndexState state = index.state();
        if (state.status() == IndexState.Status.COMPLETE) {
            logger.warn(
                    "{} stored events could not be read when the link index was built, so that effects on what they link to are"
                            + " overlooked. Make them readable, then start once with axon.coherence.index.build=rebuild.",
                    state.unreadable());
        } else if (mode == IndexBuildMode.NEVER) {
            logger.warn(
                    "The link index is not built for all events that are older than it: conflict checks and replays may"
                            + " overlook effects. Start with axon.coherence.index.build=if-incomplete, or call"
                            + " EventIndex.maintenance().build(..).");
        } else {
            logger.info("The link index is being built; until then, conflict checks and replays may overlook effects");
            tell(index.build(new Progress()));
        }
    }

    private static void tell(BuildResult result) {
        logger.info(
                "The link index is {}: {} events read; {} links, {} effects and {} requests added, {} rows corrected, {} events"
                        + " unreadable",
                result.state().isComplete() ? "complete" : "not complete",
                result.eventsRead(),
                result.links(),
                result.effects(),
                result.requests(),
                result.corrected(),
                result.state().unreadable());
        if (!result.kinds().isEmpty()) {
            logger.warn(
                    "Links were added for aggregates of {}. Effects that were fired before are not replayed because of that; if"
                            + " projections depend on them, call Effects.replayKind(..)",
                    result.kinds());
        }
    }

    /** Says every few seconds how far it is. */
    private final class Progress implements BuildListener {

        private static final Duration INTERVAL = Duration.ofSeconds(10);

        private long told = System.nanoTime();

        @Override
        public void progressed(BuildProgress progress) {
            long now = System.nanoTime();
            if (now - told >= INTERVAL.toNanos()) {
                told = now;
                logger.info("The link index is built up to event {} of {}", progress.position(), progress.target());
            }
        }

        @Override
        public boolean isCancelled() {
            return stopped;
        }
    }
}
