package dev.coherence.axon.index;

import static dev.coherence.axon.index.Changes.KEY;
import static dev.coherence.axon.index.Changes.OTHER_KEY;
import static dev.coherence.axon.index.Changes.UBIK;
import static dev.coherence.axon.index.History.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Effect;
import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.replay.ReplayCause.Fired;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What replays find where events were deleted or moved to an archive. */
class DeletedEventsTest extends OnEveryDatabase {

    @Test
    void the_number_of_an_aggregate_stays_when_its_first_event_is_gone() {
        history.append(history.action(UBIK), history.action(UBIK, KEY));
        AffectedAggregate ubik = history.found(UBIK);
        delete("aggregateIdentifier = 'ubik' AND sequenceNumber = 0");
        history.append(history.action(UBIK, OTHER_KEY));
        history.append(history.effect(OTHER_KEY), history.effect(KEY));

        assertThat(history.index().affected(history.all(), GROUP, 0, 10)).containsExactly(ubik);
        assertThat(history.index().numberOf("ubik")).hasValue(ubik.number());
        assertThat(history.index().causes(history.all(), GROUP, List.of(ubik)))
                .hasEntrySatisfying(ubik, causes -> assertThat(causes).hasSize(2));
    }

    @Test
    void an_effect_is_a_cause_when_its_event_is_gone() {
        history.append(history.action(UBIK, KEY));
        long effect = history.append(history.effect(KEY));
        delete("globalIndex = " + effect);
        AffectedAggregate ubik = history.found(UBIK);

        assertThat(history.index().causes(history.all(), GROUP, List.of(ubik)).get(ubik))
                .singleElement()
                .isInstanceOfSatisfying(Fired.class, fired -> {
                    assertThat(fired.sequenceNumber()).isEqualTo(effect);
                    assertThat(fired.effect().effect()).isEqualTo(new Effect("unknown", KEY));
                });
    }

    private void delete(String condition) {
        TestDatabases.execute(history.store.database(), "DELETE FROM DomainEventEntry WHERE " + condition);
    }
}
