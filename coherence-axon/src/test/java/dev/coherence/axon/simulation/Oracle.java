package dev.coherence.axon.simulation;

import dev.coherence.action.Identity;
import dev.coherence.axon.simulation.Setup.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares what the projections hold, when all is quiet, with a clean rebuild.
 *
 * <ol>
 *   <li>Each aggregate has a row for each of its events, in order, none missing and none double.
 *   <li>Where a group takes part in replays, no row is from before an effect or request that affects the aggregate.
 *   <li>At no time did a handler commit an event out of order.
 *   <li>At no time was a handler told to have seen an effect for which the aggregate was still to be replayed.
 * </ol>
 */
record Oracle(Setup setup, Truth truth, Claims claims, boolean splits) {

    List<String> complaints(ReadModel model) {
        List<String> complaints = new ArrayList<>(model.complaints());
        for (Group group : setup.groups()) {
            for (Identity aggregate : setup.aggregates()) {
                List<Row> rows = model.rows(group.name(), truth.stream(aggregate));
                complaints.addAll(compare(group, aggregate, rows));
            }
        }
        List<String> replaying =
                setup.groups().stream().filter(Group::replays).map(Group::name).toList();
        setup.aggregates().forEach(aggregate -> complaints.addAll(claims.excessive(truth, aggregate, replaying)));
        return complaints;
    }

    private List<String> compare(Group group, Identity aggregate, List<Row> rows) {
        List<String> complaints = new ArrayList<>();
        List<String> found = rows.stream().map(Row::key).toList();
        List<String> expected = truth.keys(aggregate, splits);
        if (!found.equals(expected)) {
            complaints.add("%s has rows %s of %s, and not %s".formatted(group.name(), found, aggregate, expected));
        }
        if (group.replays()) {
            Map<String, Integer> required = truth.required(group.name(), aggregate);
            for (Row row : rows) {
                required.forEach((what, times) -> {
                    int seen = row.world().getOrDefault(what, 0);
                    if (seen < times) {
                        complaints.add("%s was not replayed to %s: the row of event %s is from %s x %d, and not %d"
                                .formatted(aggregate, group.name(), row.key(), what, seen, times));
                    }
                });
            }
        }
        return complaints;
    }
}
