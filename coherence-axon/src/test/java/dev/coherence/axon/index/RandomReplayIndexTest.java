package dev.coherence.axon.index;

import static dev.coherence.axon.TypedBook.KIND;
import static dev.coherence.axon.TypedBook.SUBTYPE;
import static dev.coherence.axon.index.History.GROUP;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Identity;
import dev.coherence.axon.replay.Impact;
import dev.coherence.axon.replay.ReplayCause;
import dev.coherence.axon.replay.ReplayCause.Fired;
import dev.coherence.axon.replay.ReplayCause.Requested;
import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories and random spans, compared with {@link ReplayOracle}. */
class RandomReplayIndexTest extends OnEveryEngine {

    private static final List<String> GROUPS = List.of("books", "prices", "stock");

    private final List<Identity> triggers =
            IntStream.range(0, 40).mapToObj(i -> Identity.of("key", "" + i)).toList();
    private final List<Identity> aggregates = IntStream.range(0, 24)
            .mapToObj(i -> i % 3 == 0 ? Identity.of("shelf", "" + i) : Identity.of(KIND, "b" + i))
            .toList();
    private Random random = new Random();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void is_what_the_documentation_says(long seed) {
        random = new Random(seed);
        int length = 20 + random.nextInt(180);
        while (history.entries.size() < length) {
            history.append(IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(i -> randomEvent())
                    .toArray(EventMessage<?>[]::new));
        }
        ReplayOracle oracle = new ReplayOracle(history);
        for (int i = 0; i < 15; i++) {
            Span span = new Span(randomRevision(), randomRevision());
            Set<String> groups = Set.copyOf(GROUPS.subList(random.nextInt(2), 2 + random.nextInt(2)));
            compare(oracle, span, groups, "seed %d, %s, %s".formatted(seed, span, groups));
        }
    }

    /** Also of aggregates that are linked by several actions, or are the trigger themselves, and of triggers that were fired before. */
    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void previews_what_an_effect_then_affects(long seed) {
        random = new Random(seed);
        while (history.entries.size() < 120) {
            history.append(randomEvent());
        }
        for (int i = 0; i < 8; i++) {
            Identity trigger = one(i % 2 == 0 ? triggers : aggregates);
            Impact preview = history.index().impact(trigger);
            Revision before = Revision.at(history.last());
            history.append(history.effect(trigger));
            Span effect = new Span(before, Revision.at(history.last()));
            List<AffectedAggregate> affected = history.index().affected(effect, GROUP, 0, 1_000);
            long events = affected.stream()
                    .mapToLong(one -> history.index().events(one).count())
                    .sum();
            assertThat(preview).as("seed %d, %s", seed, trigger).isEqualTo(new Impact(affected.size(), events));
        }
    }

    private void compare(ReplayOracle oracle, Span span, Set<String> groups, String as) {
        ReplayIndex index = history.index();
        SortedMap<Long, SortedMap<Long, String>> expected = oracle.affected(span, groups);
        long above = random.nextBoolean() ? 0 : Math.max(0, history.last() - random.nextInt(200));
        List<AffectedAggregate> found = pages(span, groups, above, 1 + random.nextInt(30));
        assertThat(found)
                .as(as)
                .map(AffectedAggregate::number)
                .containsExactlyElementsOf(expected.tailMap(above + 1).keySet());
        assertThat(index.countAffected(span, groups, above)).as(as).isEqualTo(found.size());
        assertThat(index.affectsAny(span, groups)).as(as).isEqualTo(!expected.isEmpty());
        assertThat(index.countCauses(span, groups)).as(as).isEqualTo(oracle.causes(span, groups));
        assertThat(index.affects(span, groups, one(triggers))).as(as).isFalse();

        List<AffectedAggregate> all = aggregates.stream()
                .filter(aggregate ->
                        index.numberOf(history.names.ofAggregate(aggregate)).isPresent())
                .map(aggregate -> {
                    assertThat(index.affects(span, groups, aggregate))
                            .as("%s %s", as, aggregate)
                            .isEqualTo(expected.containsKey(history.numberOf(aggregate)));
                    return history.found(aggregate);
                })
                .toList();
        assertThat(told(index.causes(span, groups, all))).as(as).isEqualTo(expected);
    }

    private static Map<Long, Map<Long, String>> told(Map<AffectedAggregate, List<ReplayCause>> causes) {
        return causes.entrySet().stream()
                .collect(toMap(
                        entry -> entry.getKey().number(),
                        entry -> entry.getValue().stream()
                                .collect(toMap(ReplayCause::sequenceNumber, RandomReplayIndexTest::told))));
    }

    private static String told(ReplayCause cause) {
        return cause instanceof Fired fired
                ? fired.effect().effect().trigger().toString()
                : ((Requested) cause).request().toString();
    }

    private List<AffectedAggregate> pages(Span span, Set<String> groups, long above, int limit) {
        List<AffectedAggregate> all = new ArrayList<>();
        List<AffectedAggregate> page;
        do {
            page = history.index()
                    .affected(
                            span,
                            groups,
                            all.isEmpty() ? above : all.get(all.size() - 1).number(),
                            limit);
            all.addAll(page);
        } while (page.size() == limit);
        return all;
    }

    private EventMessage<?> randomEvent() {
        Identity aggregate = one(aggregates);
        String[] groups = GROUPS.subList(random.nextInt(3), 3).toArray(String[]::new);
        return switch (random.nextInt(20)) {
            case 0 -> history.request(aggregate);
            case 1 -> history.request(aggregate, groups);
            case 2 -> random.nextInt(6) == 0 ? history.requestKind("shelf", groups) : history.request(aggregate);
            case 3 -> history.requestKind(random.nextBoolean() ? SUBTYPE : "nothing");
            case 4, 5 -> history.effect(aggregate);
            case 6, 7, 8, 9, 10 -> history.effect(one(triggers));
            case 11, 12, 13, 14 -> history.action(aggregate, one(triggers));
            case 15 -> history.action(aggregate, one(triggers), one(triggers), one(triggers));
            default -> history.action(aggregate);
        };
    }

    private Revision randomRevision() {
        long last = history.last();
        long position = last - random.nextInt(history.entries.size() + 5);
        List<NumberRange> unseen = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            long first = Math.max(1, position - random.nextInt(100));
            unseen.add(new NumberRange(first, first + random.nextInt(5)));
        }
        return Revision.at(Math.max(0, position)).withUnseen(unseen);
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
