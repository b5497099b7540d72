package dev.coherence.axon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.AggregateState;
import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.log.ReadQuery;
import dev.coherence.log.Reading;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Positions below the last one that may still be filled, more of them than a revision lists. */
class ManyGapsTest {

    private static final Identity BOOK = Identity.of("book", "1");
    private static final int ACTIONS = 100;

    private TestStore store;
    private Coherence coherence;

    @BeforeEach
    void open() {
        store = Engine.H2_JDBC.open();
        coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_state_has_every_action_up_to_its_version() {
        appendWithGaps();
        AggregateState state = coherence.state(BOOK);
        assertThat(state.document().get(Path.of("n")).orElseThrow().toJava()).isEqualTo((long) ACTIONS - 1);
        assertThat(state.revision().version()).hasValue(ACTIONS - 1);
        assertThat(state.revision().toString()).hasSizeLessThan(2_000);
        assertThat(change(state.revision(), 1)).isInstanceOf(RebaseResult.Accepted.class);
    }

    @Test
    void a_reading_has_no_hole() {
        appendWithGaps();
        try (Reading reading = coherence.read().open()) {
            List<Long> versions = reading.actions().map(RecordedAction::version).toList();
            assertThat(versions)
                    .isNotEmpty()
                    .containsExactlyElementsOf(
                            LongStream.range(0, versions.size()).boxed().toList());
            assertThat(reading.revision().unseen()).hasSizeLessThanOrEqualTo(64);
        }
    }

    @Test
    void an_effect_that_the_reading_does_not_see_replays_nothing() {
        assertThat(change(Revision.at(0), 0)).isInstanceOf(RebaseResult.Accepted.class);
        Revision seen = store.log.head();
        long hidden = fire("key", "1");
        fire("key", "2");
        Revision head = store.log.head();
        ReadQuery query = new ReadQuery(seen, new TreeSet<>(), new TreeSet<>());

        assertThat(store.index.read(query, head)).hasSize(1);
        assertThat(store.index.read(query, head.withUnseen(List.of(new NumberRange(hidden, hidden)))))
                .isEmpty();
    }

    private void appendWithGaps() {
        for (int i = 0; i < ACTIONS; i++) {
            assertThat(change(coherence.state(BOOK).revision(), i)).isInstanceOf(RebaseResult.Accepted.class);
            TestDatabases.execute(
                    store.database(),
                    "ALTER TABLE DomainEventEntry ALTER COLUMN globalIndex RESTART WITH "
                            + (coherence.sequenceNumber() + 3));
        }
    }

    private RebaseResult change(Revision base, int n) {
        return coherence
                .rebase(base)
                .action(a -> a.reason("change")
                        .actor("user", "alice")
                        .aggregate(BOOK)
                        .assoc("n", n)
                        .trigger("key", "1"))
                .execute();
    }

    private long fire(String kind, String id) {
        RebaseResult result = coherence
                .rebase(Revision.at(0))
                .effect(e -> e.reason("fired").trigger(kind, id))
                .execute();
        return ((RebaseResult.Accepted) result).events().get(0).sequenceNumber();
    }
}
