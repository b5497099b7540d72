package dev.coherence.axon.simulation;

import dev.coherence.action.Identity;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** The revisions that handlers got, with what the projection held of the aggregate at that moment. Thread-safe. */
final class Claims {

    private final ConcurrentLinkedQueue<Claim> claims = new ConcurrentLinkedQueue<>();

    /**
     * What a handler was told that it had seen.
     *
     * @param rows what was shown of the aggregate, in the transaction of the handler
     */
    record Claim(String group, String aggregate, long version, Revision revision, List<Row> rows) {

        /** The effects that are claimed, while there are rows from before them. */
        Stream<String> excessive(List<Truth.Affecting> effects) {
            return effects.stream()
                    .filter(effect -> revision.seesNumber(effect.number()))
                    .filter(effect -> rows.stream().map(Row::world).anyMatch(world -> isBefore(effect, world)))
                    .map(effect -> "%s of %s was told %s with version %d, but is to be replayed for %s"
                            .formatted(group, aggregate, revision, version, effect));
        }

        private static boolean isBefore(Truth.Affecting effect, Map<String, Integer> world) {
            return world.getOrDefault(effect.trigger(), 0) < effect.times();
        }
    }

    void add(Claim claim) {
        claims.add(claim);
    }

    List<String> excessive(Truth truth, Identity aggregate, List<String> groups) {
        List<Truth.Affecting> effects = truth.affecting(aggregate);
        return claims.stream()
                .filter(claim -> claim.aggregate().equals(truth.stream(aggregate)) && groups.contains(claim.group()))
                .flatMap(claim -> Stream.concat(
                        claim.excessive(effects),
                        claim.revision().version().orElse(-1) == claim.version()
                                ? Stream.empty()
                                : Stream.of("wrong version: " + claim)))
                .distinct()
                .toList();
    }
}
