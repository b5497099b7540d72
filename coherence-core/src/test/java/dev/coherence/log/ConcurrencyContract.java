package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.coherence.AggregateState;
import dev.coherence.action.Change;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.rebase.RebaseBuilder;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.rebase.RebaseResult.Conflicting;
import dev.coherence.rebase.RebaseResult.WriteConflict;
import dev.coherence.revision.Revision;
import dev.coherence.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Threads that rebase as fast as they can. */
abstract class ConcurrencyContract extends ContractPart {

    private static final Path COUNT = Path.of("count");

    /** Who fails so often is not just unlucky: each failure is somebody else's success. */
    private static final int ATTEMPTS = 10_000;

    ConcurrencyContract(EventLogContract suite) {
        super(suite);
    }

    @Test
    void no_update_is_lost() throws Exception {
        List<Identity> counters = List.of(UBIK, NEUROMANCER);
        int changes = suite.changesPerWriter();
        List<Callable<List<Long>>> writers = new ArrayList<>();
        for (int writer = 0; writer < suite.writers(); writer++) {
            boolean byVersion = writer % 2 == 0;
            writers.add(() -> IntStream.range(0, changes)
                    .mapToObj(i -> increment(counters.get(i % counters.size()), byVersion))
                    .toList());
        }

        List<Long> numbers =
                Threads.together(writers).stream().flatMap(List::stream).toList();

        assertThat(numbers).doesNotHaveDuplicates();
        long total = 0;
        for (Identity counter : counters) {
            List<RecordedAction> actions = actionsOn(counter);
            assertThat(actions)
                    .extracting(RecordedAction::version)
                    .containsExactlyElementsOf(
                            LongStream.range(0, actions.size()).boxed().toList());
            assertThat(actions).extracting(RecordedAction::sequenceNumber).isSorted();
            assertThat(count(coherence.state(counter))).isEqualTo(actions.size());
            total += actions.size();
        }
        assertThat(total).isEqualTo((long) suite.writers() * changes);
    }

    private long increment(Identity counter, boolean byVersion) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            AggregateState state = coherence.state(counter);
            Revision base = byVersion ? state.revision() : state.revision().withoutVersion();
            RebaseResult result = coherence
                    .rebase(base)
                    .action(action ->
                            action.reason("count").actor(BOB).aggregate(counter).assoc(COUNT, count(state) + 1))
                    .execute();
            if (result instanceof Accepted accepted) {
                return accepted.events().get(0).sequenceNumber();
            }
            assertThat(result).isInstanceOfAny(Conflicting.class, WriteConflict.class);
        }
        return fail("%s cannot be counted up in %d attempts", counter, ATTEMPTS);
    }

    private static long count(AggregateState state) {
        return state.document()
                .get(COUNT)
                .map(Value::toJava)
                .map(count -> new BigDecimal(count.toString()).longValueExact())
                .orElse(0L);
    }

    @Test
    void no_write_is_skewed_between_an_action_and_an_effect_on_a_trigger_that_it_is_linked_to() throws Exception {
        for (int race = 0; race < suite.races(); race++) {
            Identity aggregate = Identity.of("book", "r" + race);
            Identity trigger = race % 2 == 0 ? Identity.of("key", "r" + race) : aggregate;
            act(aggregate, "a", 0, trigger);

            Duel duel = fight(action(aggregate, "a", 1), effect(trigger));

            duel.action.ifPresent(action -> duel.effect.ifPresent(effect -> assertThat(action.sequenceNumber())
                    .as("number of an action that was not told of effect %d, race %s", effect.sequenceNumber(), duel)
                    .isLessThan(effect.sequenceNumber())));
            assertVisibleInOrder(duel);
        }
    }

    @Test
    void whoever_sees_an_effect_sees_the_earlier_links_to_its_trigger() throws Exception {
        for (int race = 0; race < suite.races(); race++) {
            Identity aggregate = Identity.of("book", "r" + race);
            Identity trigger = Identity.of("key", "r" + race);

            Duel duel = fight(action(aggregate, "a", 1, trigger), effect(trigger));

            assertVisibleInOrder(duel);
        }
    }

    /** An action and an effect that started at once, as far as stored; and the head as the effect's thread saw it then. */
    private record Duel(Optional<Event> action, Optional<Event> effect, Revision headAfterEffect) {}

    private Duel fight(Change action, Change effect) throws Exception {
        RebaseBuilder acting = coherence.rebase(log.head()).append(action, Optional.empty(), Optional.empty());
        RebaseBuilder firing = coherence.rebase(log.head()).append(effect, Optional.empty(), Optional.empty());
        List<Duel> sides = Threads.together(
                List.of(() -> new Duel(stored(acting.execute()), Optional.empty(), Revision.at(0)), () -> {
                    Optional<Event> stored = stored(firing.execute());
                    return new Duel(Optional.empty(), stored, log.head());
                }));
        return new Duel(sides.get(0).action, sides.get(1).effect, sides.get(1).headAfterEffect);
    }

    private static Optional<Event> stored(RebaseResult result) {
        assertThat(result).isInstanceOfAny(Accepted.class, Conflicting.class, WriteConflict.class);
        return result instanceof Accepted accepted
                ? Optional.of(accepted.events().get(0))
                : Optional.empty();
    }

    private static void assertVisibleInOrder(Duel duel) {
        if (duel.action.isPresent() && duel.effect.isPresent()) {
            long action = duel.action.get().sequenceNumber();
            if (action < duel.effect.get().sequenceNumber()) {
                assertThat(duel.headAfterEffect.seesNumber(action))
                        .as("the action is visible before the effect, %s", duel)
                        .isTrue();
            }
        }
    }

    @Test
    void histories_that_cross_each_other_end_without_a_deadlock() throws Exception {
        append(action(UBIK, "a", 0, KEY), action(NEUROMANCER, "a", 0, OTHER_KEY));
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int writer = 0; writer < suite.writers(); writer++) {
            boolean forth = writer % 2 == 0;
            writers.add(() -> (int) IntStream.range(0, suite.changesPerWriter())
                    .filter(i -> stored(cross(forth, i)).isPresent())
                    .count());
        }

        int stored = Threads.together(writers).stream().mapToInt(count -> count).sum();

        assertThat(stored).isPositive();
        assertThat(actionsOn(UBIK)).hasSize(stored + 1);
        assertThat(actionsOn(NEUROMANCER)).hasSize(stored + 1);
        assertThat(coherence.state(UBIK).document())
                .isEqualTo(coherence.state(NEUROMANCER).document());
    }

    private RebaseResult cross(boolean forth, int value) {
        List<Change> history = forth
                ? List.of(action(UBIK, "a", value), effect(OTHER_KEY), action(NEUROMANCER, "a", value), effect(KEY))
                : List.of(effect(KEY), action(NEUROMANCER, "a", value), effect(OTHER_KEY), action(UBIK, "a", value));
        RebaseBuilder rebase = coherence.rebase(log.head());
        history.forEach(change -> rebase.append(change, Optional.empty(), Optional.empty()));
        return rebase.execute();
    }
}
