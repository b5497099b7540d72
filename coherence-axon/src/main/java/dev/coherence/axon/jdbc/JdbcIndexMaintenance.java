package dev.coherence.axon.jdbc;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.index.BuildListener;
import dev.coherence.axon.index.BuildResult;
import dev.coherence.axon.index.IndexMaintenance;
import dev.coherence.axon.index.IndexState;
import dev.coherence.axon.index.Verification;

/** Builds and verifies the tables of the index. */
final class JdbcIndexMaintenance implements IndexMaintenance {

    private final IndexParts parts;

    JdbcIndexMaintenance(IndexParts parts) {
        this.parts = parts;
    }

    @Override
    public IndexState state() {
        return parts.completeness().note(parts.completeness().state());
    }

    @Override
    public BuildResult build(BuildListener listener) {
        return build(listener, false);
    }

    @Override
    public BuildResult rebuild(BuildListener listener) {
        return build(listener, true);
    }

    private BuildResult build(BuildListener listener, boolean fromTheBeginning) {
        requireNonNull(listener, "listener");
        OwnTransaction.checkIsNone();
        return new IndexBuild(parts, listener).run(fromTheBeginning);
    }

    @Override
    public Verification verify(BuildListener listener) {
        requireNonNull(listener, "listener");
        OwnTransaction.checkIsNone();
        return new IndexVerification(parts, listener).run();
    }
}
