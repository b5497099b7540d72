package dev.coherence.axon.simulation;

import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.replay.AggregateReset;
import dev.coherence.axon.replay.ReplayCause;
import dev.coherence.axon.simulation.Claims.Claim;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.messaging.annotation.SourceId;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** The handlers of a group on a node: stores a row for each event, with the world as it is at this moment. */
final class Projection {

    final String group;
    private final ReadModel model;
    private final Claims claims;
    private final Faults faults;
    private final Trace trace;
    private volatile Predicate<Row> keptInReset = row -> false;

    Projection(String group, ReadModel model, Claims claims, Faults faults, Trace trace) {
        this.trace = trace;
        this.group = group;
        this.model = model;
        this.claims = claims;
        this.faults = faults;
    }

    @EventHandler
    void on(
            PatchApplied event,
            @SourceId String aggregate,
            @SequenceNumber long version,
            Revision revision,
            ReplayStatus status,
            TrackingToken token,
            @MetaDataValue(GapProducingEngine.SPLIT) Integer part) {
        Row row = new Row(group, aggregate, version, part == null ? 0 : part, model.world());
        List<Row> rows = new ArrayList<>(model.rows(group, aggregate));
        trace.add(
                faults.toString(),
                "%s %s of %s for %s at %s, after %s"
                        .formatted(
                                status,
                                row.key(),
                                aggregate,
                                group,
                                revision,
                                rows.stream().map(Row::key).toList()));
        if (!follows(row, rows)) {
            model.complain("%s handled %s of %s after %s"
                    .formatted(
                            group,
                            row.key(),
                            aggregate,
                            rows.stream().map(Row::key).toList()));
        }
        if (isSelective(token)) {
            lacking(aggregate, revision)
                    .forEach(cause -> model.complain("%s was told %s with %s of %s, which is replayed for %s"
                            .formatted(group, revision, row.key(), aggregate, cause)));
        }
        model.add(row);
        rows.add(row);
        claims.add(new Claim(group, aggregate, version, revision, rows));
        faults.handled();
    }

    private static boolean follows(Row row, List<Row> rows) {
        if (rows.isEmpty()) {
            return row.version() == 0 && row.part() == 0;
        }
        Row last = rows.get(rows.size() - 1);
        return row.part() == 0 ? row.version() == last.version() + 1 : row.version() == last.version();
    }

    /** In a replay of one aggregate, events end where they were reset; in Axon's own they have not come so far. */
    private static boolean isSelective(TrackingToken token) {
        return token instanceof ReplayToken replay
                && Objects.equals(replay.getTokenAtReset(), replay.getCurrentToken());
    }

    /** The causes of the replay that the revision does not see. */
    private Stream<ReplayCause> lacking(String aggregate, Revision revision) {
        AggregateReset reset =
                CurrentUnitOfWork.get().root().getResource(resetOf(aggregate)); // in the same transaction
        return reset.causes().stream().filter(cause -> !revision.seesNumber(cause.sequenceNumber()));
    }

    private String resetOf(String aggregate) {
        return "reset of %s in %s".formatted(aggregate, group);
    }

    @AggregateResetHandler
    void forget(AggregateReset reset) {
        CurrentUnitOfWork.get().root().resources().put(resetOf(reset.aggregateIdentifier()), reset);
        trace.add(faults.toString(), "forget %s of %s".formatted(reset.aggregateIdentifier(), group));
        model.forget(group, reset.aggregateIdentifier());
    }

    /** What a reset that follows does not take away. */
    void keepInReset(Predicate<Row> kept) {
        keptInReset = kept;
    }

    @ResetHandler
    void reset() {
        model.retain(group, keptInReset);
    }
}
