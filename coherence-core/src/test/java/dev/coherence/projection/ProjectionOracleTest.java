package dev.coherence.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.RandomPatches;
import dev.coherence.action.Action;
import dev.coherence.action.Change;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.document.Document;
import dev.coherence.log.InMemoryEventLog;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A read model that is kept by reading on and on, replays included, compared with a fold of the whole history.
 */
class ProjectionOracleTest {

    private static final List<Identity> AGGREGATES =
            List.of(Identity.of("book", "1"), Identity.of("book", "2"), Identity.of("shelf", "1"));
    private static final List<Identity> TRIGGERS = List.of(Identity.of("key", "1"), Identity.of("book", "1"));

    private final Coherence coherence = Coherence.over(new InMemoryEventLog(), CoherenceSettings.withSource("test"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_read_model_that_reads_on_is_always_right(long seed) {
        Random random = new Random(seed);
        Projection model = new Projection(0, new TreeMap<>());
        for (int round = 0; round < 60; round++) {
            for (int i = random.nextInt(5); i > 0; i--) {
                store(random);
            }
            model = readOn(model, "seed %d, round %d".formatted(seed, round));
            assertThat(model.states()).as("seed %d, round %d", seed, round).isEqualTo(states(Long.MAX_VALUE));
        }
    }

    private Projection readOn(Projection model, String where) {
        SortedMap<Identity, Document> states = model.states();
        long start = model.sequenceNumber() + 1;
        try (Stream<RecordedAction> actions = coherence.read().after(start - 1).stream()) {
            List<Projection> news = Projection.project(
                            actions, start, aggregate -> states.getOrDefault(aggregate, Document.empty()))
                    .toList();
            news.forEach(projection -> check(projection, where));
            assertThat(news)
                    .as(where)
                    .extracting(Projection::sequenceNumber)
                    .isSorted()
                    .doesNotHaveDuplicates();
            Projection merged = Projection.merge(Stream.concat(Stream.of(model), news.stream()));
            return new Projection(Math.max(merged.sequenceNumber(), coherence.sequenceNumber()), merged.states());
        }
    }

    /** Each state is the one at the time of the projection's number; a replay after the end may tell more. */
    private void check(Projection projection, String where) {
        SortedMap<Identity, Document> expected = states(projection.sequenceNumber());
        projection
                .states()
                .forEach((aggregate, state) -> assertThat(state)
                        .as("%s, %s at %d", where, aggregate, projection.sequenceNumber())
                        .isEqualTo(expected.get(aggregate)));
    }

    private SortedMap<Identity, Document> states(long last) {
        SortedMap<Identity, Document> states = new TreeMap<>();
        for (Identity aggregate : AGGREGATES) {
            coherence.conflicts(Revision.at(0), aggregate).stream()
                    .filter(event -> event instanceof RecordedAction && event.sequenceNumber() <= last)
                    .map(event -> ((RecordedAction) event).action().patch())
                    .forEach(patch -> states.merge(
                            aggregate, Document.empty().apply(patch), (before, alone) -> before.apply(patch)));
        }
        return states;
    }

    private void store(Random random) {
        Identity trigger = TRIGGERS.get(random.nextInt(TRIGGERS.size()));
        Change change = random.nextInt(4) == 0
                ? new Effect("expired", trigger)
                : new Action(
                        "update",
                        Identity.of("user", "bob"),
                        AGGREGATES.get(random.nextInt(AGGREGATES.size())),
                        new RandomPatches(random).next(),
                        new TreeSet<>(random.nextInt(4) == 0 ? Set.of(trigger) : Set.of()));
        coherence
                .rebase(Revision.at(coherence.sequenceNumber()))
                .append(change, Optional.empty(), Optional.empty())
                .execute();
    }
}
