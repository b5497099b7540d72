package dev.coherence.axon.index;

import static dev.coherence.axon.TypedBook.KIND;
import static dev.coherence.axon.index.Changes.EMMA;
import static dev.coherence.axon.index.Changes.KEY;
import static dev.coherence.axon.index.Changes.OTHER_KEY;
import static dev.coherence.axon.index.Changes.PLAIN;
import static dev.coherence.axon.index.Changes.UBIK;
import static dev.coherence.axon.index.History.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.replay.ReplayCause;
import dev.coherence.axon.replay.ReplayCause.Fired;
import dev.coherence.axon.replay.ReplayCause.Requested;
import dev.coherence.revision.Revision;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Why an aggregate is affected. */
class ReplayCausesTest extends OnEveryEngine {

    @Test
    void are_the_effects_on_its_triggers_and_on_itself() {
        history.append(history.action(UBIK, KEY, OTHER_KEY), history.action(EMMA, KEY));
        long one = history.append(history.effect("expired", KEY));
        long other = history.append(history.effect("lost", OTHER_KEY));
        long own = history.append(history.effect("wrong", UBIK));
        AffectedAggregate ubik = history.found(UBIK);
        AffectedAggregate emma = history.found(EMMA);

        Map<AffectedAggregate, List<ReplayCause>> causes = causes(UBIK, EMMA);
        assertThat(causes).containsOnlyKeys(ubik, emma);
        assertThat(causes.get(ubik)).map(ReplayCause::sequenceNumber).containsExactly(one, other, own);
        assertThat(causes.get(ubik)).map(ReplayCause::reason).containsExactly("expired", "lost", "wrong");
        assertThat(causes.get(emma)).singleElement().isInstanceOfSatisfying(Fired.class, fired -> {
            assertThat(fired.effect().effect()).isEqualTo(new Effect("expired", KEY));
            assertThat(fired.sequenceNumber()).isEqualTo(one);
        });
    }

    @Test
    void of_many_effects_on_one_trigger_are_the_last_in_the_span() {
        history.append(history.action(UBIK, KEY));
        history.append(history.effect("first", KEY), history.effect("second", KEY));
        history.append(history.effect("third", KEY));
        Span untilSecond = new Span(history.all().after(), Revision.at(history.last() - 1));

        assertThat(causes(UBIK).get(history.found(UBIK)))
                .map(ReplayCause::reason)
                .containsExactly("third");
        assertThat(history.index().causes(untilSecond, GROUP, List.of(history.found(UBIK))))
                .hasEntrySatisfying(
                        history.found(UBIK),
                        causes -> assertThat(causes).map(ReplayCause::reason).containsExactly("second"));
    }

    @Test
    void is_one_where_the_aggregate_is_linked_to_itself() {
        history.append(history.action(PLAIN, PLAIN));
        history.append(history.effect(PLAIN));

        assertThat(causes(PLAIN).get(history.found(PLAIN))).hasSize(1);
    }

    @Test
    void are_all_requests_for_the_groups() {
        history.append(history.action(UBIK), history.action(PLAIN));
        long own = history.append(history.request(UBIK, "prices", "books"));
        history.append(history.request(UBIK, "others"), history.request(EMMA));
        long kind = history.append(history.requestKind(KIND));
        AffectedAggregate ubik = history.found(UBIK);

        assertThat(causes(UBIK, PLAIN))
                .containsOnlyKeys(ubik)
                .containsEntry(
                        ubik,
                        List.of(
                                new Requested(own, ReplayRequested.of("look again", UBIK, List.of("books", "prices"))),
                                new Requested(kind, ReplayRequested.ofKind("look again", KIND, List.of()))));
    }

    @Test
    void stand_in_the_order_of_their_numbers() {
        history.append(history.action(PLAIN, KEY));
        history.append(history.request(PLAIN), history.effect(PLAIN), history.requestKind("shelf"));
        history.append(history.effect(KEY), history.request(PLAIN));

        assertThat(causes(PLAIN).get(history.found(PLAIN)))
                .hasSize(5)
                .isSortedAccordingTo(Comparator.comparingLong(ReplayCause::sequenceNumber));
    }

    @Test
    void of_what_is_not_affected_are_left_out() {
        history.append(history.effect(EMMA), history.effect(KEY), history.action(EMMA), history.action(UBIK, KEY));

        assertThat(causes(EMMA, UBIK)).isEmpty();
        assertThat(history.index().causes(history.all(), GROUP, List.of())).isEmpty();
    }

    private Map<AffectedAggregate, List<ReplayCause>> causes(Identity... aggregates) {
        return history.index()
                .causes(
                        history.all(),
                        GROUP,
                        Arrays.stream(aggregates).map(history::found).toList());
    }
}
