package dev.coherence.axon.index;

import static dev.coherence.axon.TypedBook.KIND;
import static dev.coherence.axon.TypedBook.SUBTYPE;
import static dev.coherence.axon.TypedBook.event;
import static dev.coherence.axon.index.Changes.EMMA;
import static dev.coherence.axon.index.Changes.KEY;
import static dev.coherence.axon.index.Changes.PLAIN;
import static dev.coherence.axon.index.Changes.UBIK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Identity;
import dev.coherence.axon.TypedBook.Shelved;
import dev.coherence.axon.event.PatchApplied;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The events of affected aggregates. */
class ReplayEventsTest extends OnEveryEngine {

    @Nested
    class Of_one_aggregate {

        @Test
        void are_all_of_them_in_their_order() {
            history.append(history.action(UBIK, KEY), history.action(EMMA));
            history.append(history.effect(UBIK), event(KIND, "ubik", history.next("ubik"), new Shelved("A")));
            history.append(history.action(SUBTYPE, UBIK));

            List<NumberedEvent> events = events(history.found(UBIK));
            assertThat(events).map(NumberedEvent::number).containsExactlyElementsOf(numbersOf("ubik"));
            assertThat(events).map(one -> one.message().getSequenceNumber()).containsExactly(0L, 1L, 2L);
            assertThat(events).map(one -> one.message().getType()).containsExactly(KIND, KIND, SUBTYPE);
            assertThat(events)
                    .map(one -> one.message().getPayload().getClass().getSimpleName())
                    .containsExactly("Encrypted", "Shelved", "Encrypted");
        }

        @Test
        void are_as_they_were_stored() {
            history.append(history.action(PLAIN, KEY));
            DomainEventMessage<?> appended =
                    (DomainEventMessage<?>) history.entries.get(0).message();

            DomainEventMessage<?> read = events(history.found(PLAIN)).get(0).message();
            assertThat(read.getIdentifier()).isEqualTo(appended.getIdentifier());
            assertThat(read.getPayload()).isInstanceOf(PatchApplied.class).isEqualTo(appended.getPayload());
            assertThat(read.getMetaData()).isEqualTo(appended.getMetaData());
            assertThat(read.getAggregateIdentifier()).isEqualTo("shelf:1");
        }

        @Test
        void may_be_many_and_large() {
            List<EventMessage<?>> many = new ArrayList<>();
            String large = "x".repeat(50_000);
            for (int i = 0; i < 250; i++) {
                many.add(event(KIND, "ubik", i, new Shelved(i % 50 == 0 ? large : "A" + i)));
            }
            history.append(many.toArray(EventMessage<?>[]::new));

            List<NumberedEvent> events = events(history.found(UBIK));
            assertThat(events)
                    .map(one -> one.message().getSequenceNumber())
                    .containsExactlyElementsOf(LongRange.upTo(250));
            assertThat(events.get(100).message().getPayload())
                    .usingRecursiveComparison()
                    .isEqualTo(new Shelved(large));
        }

        @Test
        void are_none_if_it_is_gone() {
            AffectedAggregate gone = new AffectedAggregate(1, UBIK, KIND, "ubik");

            assertThat(events(gone)).isEmpty();
            assertThat(history.index().events(List.of(gone), 10)).containsOnly(Map.entry(gone, List.of()));
        }
    }

    @Nested
    class Of_many_aggregates {

        @Test
        void are_those_that_each_has_alone() {
            List<AffectedAggregate> all = appendMixed(700);

            Map<AffectedAggregate, List<NumberedEvent>> found = history.index().events(all, 10_000);
            assertThat(found).containsOnlyKeys(all);
            all.forEach(one -> assertThat(told(found.getOrDefault(one, List.of())))
                    .as("%s", one)
                    .isEqualTo(told(events(one)))
                    .isNotEmpty());
        }

        @Test
        void are_complete_or_left_out() {
            List<AffectedAggregate> all = appendMixed(60); // 120 events
            for (int max : List.of(1, 2, 3, 10, 59, 119, 120, 121)) {
                Map<AffectedAggregate, List<NumberedEvent>> found =
                        history.index().events(all, max);
                int events = found.values().stream().mapToInt(List::size).sum();
                assertThat(events).as("of %d", max).isLessThanOrEqualTo(max).isGreaterThan(max - 4);
                found.forEach((one, list) -> assertThat(told(list)).isEqualTo(told(events(one))));
                if (max >= 120) {
                    assertThat(found).containsOnlyKeys(all);
                }
            }
        }

        @Test
        void a_huge_one_is_left_out() {
            history.append(history.action(UBIK), history.action(EMMA));
            for (int i = 0; i < 20; i++) {
                history.append(history.action(EMMA));
            }

            assertThat(history.index().events(List.of(history.found(EMMA)), 20)).isEmpty();
            assertThat(history.index().events(List.of(history.found(EMMA)), 21)).hasSize(1);
        }

        @Test
        void of_nobody_are_nothing() {
            assertThat(history.index().events(List.of(), 10)).isEmpty();
        }

        /** So many aggregates with one, two or three events each, in turns. */
        private List<AffectedAggregate> appendMixed(int count) {
            List<Identity> all = IntStream.range(0, count)
                    .mapToObj(i -> i % 2 == 0 ? Identity.of(KIND, "b" + i) : Identity.of("shelf", "" + i))
                    .toList();
            List<EventMessage<?>> events = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < count; i++) {
                    if (i % 3 >= round) {
                        events.add(history.action(all.get(i)));
                    }
                }
            }
            history.append(events.toArray(EventMessage<?>[]::new));
            return all.stream().map(history::found).toList();
        }
    }

    private static final class LongRange {
        static List<Long> upTo(int end) {
            return IntStream.range(0, end).mapToObj(i -> (long) i).toList();
        }
    }

    private static List<String> told(List<NumberedEvent> events) {
        return events.stream()
                .map(one -> one.number() + " " + one.message().getSequenceNumber() + " "
                        + one.message().getIdentifier())
                .toList();
    }

    private List<NumberedEvent> events(AffectedAggregate aggregate) {
        try (Stream<NumberedEvent> events = history.index().events(aggregate)) {
            return events.toList();
        }
    }

    private List<Long> numbersOf(String stream) {
        return history.entries.stream()
                .filter(entry -> ((DomainEventMessage<?>) entry.message())
                        .getAggregateIdentifier()
                        .equals(stream))
                .map(History.Entry::number)
                .toList();
    }
}
