package dev.coherence.axon.index;

import static dev.coherence.axon.TypedBook.KIND;
import static dev.coherence.axon.TypedBook.SUBTYPE;
import static dev.coherence.axon.index.Changes.EMMA;
import static dev.coherence.axon.index.Changes.KEY;
import static dev.coherence.axon.index.Changes.OTHER_KEY;
import static dev.coherence.axon.index.Changes.PLAIN;
import static dev.coherence.axon.index.Changes.UBIK;
import static dev.coherence.axon.index.History.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.axon.TypedBook;
import dev.coherence.axon.TypedBook.Encrypted;
import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which aggregates are affected. */
class ReplayIndexTest extends OnEveryEngine {

    @Nested
    class By_an_effect {

        @Test
        void is_an_aggregate_that_was_linked_before() {
            history.append(history.action(UBIK, KEY), history.action(PLAIN, KEY), history.action(EMMA, OTHER_KEY));
            history.append(history.effect(KEY));

            assertThat(history.index().affected(history.all(), GROUP, 0, 10))
                    .containsExactly(history.found(UBIK), history.found(PLAIN));
        }

        @Test
        void is_none_that_was_linked_after() {
            history.append(history.action(UBIK));
            history.append(history.effect(KEY));
            history.append(history.action(UBIK, KEY));

            assertThat(history.affected(history.all())).isEmpty();
        }

        @Test
        void is_one_that_was_linked_again_after() {
            history.append(history.action(UBIK, KEY));
            history.append(history.effect(KEY));
            history.append(history.action(UBIK, KEY));

            assertThat(history.affected(history.all())).containsExactly(UBIK);
        }

        @Test
        void in_one_transaction_the_order_decides() {
            history.append(history.action(UBIK, KEY), history.effect(KEY), history.action(EMMA, KEY));

            assertThat(history.affected(history.all())).containsExactly(UBIK);
        }

        @Test
        void the_last_effect_of_the_span_counts() {
            history.append(history.effect(KEY), history.action(UBIK, KEY));
            long before = history.last();
            history.append(history.effect(KEY));

            assertThat(history.affected(history.all())).containsExactly(UBIK);
            assertThat(history.affected(new Span(Revision.at(0), Revision.at(before))))
                    .isEmpty();
        }

        @Test
        void is_the_aggregate_that_is_itself_the_trigger() {
            history.append(history.action(UBIK), history.action(PLAIN), history.action(EMMA));
            history.append(history.effect(PLAIN), history.effect(UBIK));

            assertThat(history.affected(history.all())).containsExactly(UBIK, PLAIN);
        }

        @Test
        void is_not_itself_the_trigger_before_it_begins() {
            history.append(history.effect(PLAIN), history.effect(UBIK));
            history.append(history.action(UBIK), history.action(PLAIN));

            assertThat(history.affected(history.all())).isEmpty();
        }

        @Test
        void is_no_aggregate_of_another_kind_with_the_same_identifier() {
            history.append(history.action(UBIK)); // stored under ubik
            Identity sameStream = Identity.of("Book", "shelf:1");
            history.append(history.action(sameStream)); // stored under shelf:1
            history.append(history.effect(PLAIN), history.effect(Identity.of("shelf", "ubik")));
            history.append(history.request(PLAIN), history.requestKind("shelf"));

            assertThat(history.affected(history.all())).isEmpty();
            assertThat(history.index().affects(history.all(), GROUP, PLAIN)).isFalse();
        }

        @Test
        void is_found_under_the_type_of_a_subclass() {
            history.append(history.action(SUBTYPE, UBIK, KEY), history.action(SUBTYPE, EMMA));
            history.append(history.effect(KEY), history.effect(EMMA), history.requestKind(SUBTYPE));

            assertThat(history.index().affected(history.all(), GROUP, 0, 10))
                    .containsExactly(history.found(SUBTYPE, UBIK), history.found(SUBTYPE, EMMA));
        }

        @Test
        void on_an_unknown_trigger_is_nobody() {
            history.append(history.action(UBIK, KEY));
            history.append(history.effect(Identity.of("key", "unheard of")), history.effect(Identity.of(KIND, "none")));

            assertThat(history.affected(history.all())).isEmpty();
            assertThat(history.index().affectsAny(history.all(), GROUP)).isFalse();
            assertThat(history.index().countCauses(history.all(), GROUP)).isEqualTo(2);
        }

        @Test
        void concerns_all_groups_but_not_none() {
            history.append(history.action(UBIK, KEY));
            history.append(history.effect(KEY));

            assertThat(history.affected(history.all(), "whatever")).containsExactly(UBIK);
            assertThat(history.index().affected(history.all(), Set.of(), 0, 10)).isEmpty();
            assertThat(history.index().countCauses(history.all(), Set.of())).isZero();
            assertThat(history.index().causes(history.all(), Set.of(), List.of(history.found(UBIK))))
                    .isEmpty();
        }
    }

    @Nested
    class By_a_request {

        @Test
        void is_the_aggregate_that_it_names() {
            history.append(history.action(UBIK, KEY), history.action(PLAIN), history.action(EMMA));
            history.append(history.request(UBIK), history.request(PLAIN));

            assertThat(history.affected(history.all())).containsExactly(UBIK, PLAIN);
            assertThat(history.index().countCauses(history.all(), GROUP)).isEqualTo(2);
        }

        @Test
        void is_every_aggregate_of_the_kind() {
            Identity withMarks = Identity.of("a:%!_b", "1");
            history.append(history.action(UBIK), history.action(PLAIN), history.action(SUBTYPE, EMMA));
            history.append(history.action(withMarks), history.action(Identity.of("a:%!_", "b:1")));
            Span before = history.all();
            history.append(history.requestKind(KIND));
            assertThat(history.affected(history.after(before.upTo().position().orElseThrow())))
                    .containsExactly(UBIK, EMMA);
            history.append(history.requestKind("shelf"), history.requestKind("a:%!_b"));
            assertThat(history.affected(history.all())).containsExactly(UBIK, PLAIN, EMMA, withMarks);
        }

        /** It may have been handled before the request became visible, as requests take no locks. */
        @Test
        void also_if_it_begins_after_the_request_or_after_the_span() {
            long request = history.append(history.requestKind("shelf"), history.request(UBIK));
            history.append(history.action(UBIK), history.action(PLAIN));

            assertThat(history.affected(history.all())).containsExactly(UBIK, PLAIN);
            assertThat(history.affected(new Span(Revision.at(0), Revision.at(request))))
                    .containsExactly(UBIK, PLAIN);
        }

        @Test
        void of_an_unknown_kind_or_aggregate_is_nobody() {
            history.append(history.action(UBIK));
            history.append(history.requestKind("none"), history.requestKind("k".repeat(255)));
            history.append(history.request(Identity.of("none", "1")));

            assertThat(history.affected(history.all())).isEmpty();
            assertThat(history.index().affectsAny(history.all(), GROUP)).isFalse();
            assertThat(history.index().countAffected(history.all(), GROUP, 0)).isZero();
        }

        @Test
        void concerns_the_groups_that_it_names() {
            history.append(history.action(UBIK), history.action(PLAIN), history.action(EMMA));
            history.append(
                    history.request(UBIK, "books", "prices"),
                    history.request(PLAIN, "price"),
                    history.requestKind(KIND, " odd group_\r"));

            assertThat(history.affected(history.all(), "prices")).containsExactly(UBIK);
            assertThat(history.affected(history.all(), "price")).containsExactly(PLAIN);
            assertThat(history.affected(history.all(), "price", "books")).containsExactly(UBIK, PLAIN);
            assertThat(history.affected(history.all(), " odd group_\r")).containsExactly(UBIK, EMMA);
            assertThat(history.affected(history.all(), "other")).isEmpty();
            assertThat(history.index().countCauses(history.all(), Set.of("books")))
                    .isEqualTo(1);
            assertThat(history.index().countCauses(history.all(), Set.of("other")))
                    .isZero();
        }

        @Test
        void no_other_events_without_an_aggregate_are_taken_for_one() {
            history.append(GenericEventMessage.asEventMessage("plain"));
            history.append(history.effect(KEY));
            history.append(history.requestKind("coherence:effect"), history.requestKind("key"));

            assertThat(history.affected(history.all())).isEmpty();
        }
    }

    @Nested
    class Of_a_span {

        @Test
        void what_is_before_or_after_it_does_not_count() {
            long first = history.append(history.action(UBIK, KEY), history.action(EMMA, OTHER_KEY));
            long effect = history.append(history.effect(KEY));
            long other = history.append(history.effect(OTHER_KEY));

            assertThat(history.affected(new Span(Revision.at(first), Revision.at(effect))))
                    .containsExactly(UBIK);
            assertThat(history.affected(new Span(Revision.at(effect), Revision.at(other))))
                    .containsExactly(EMMA);
            assertThat(history.affected(new Span(Revision.at(other), Revision.at(other))))
                    .isEmpty();
            assertThat(history.affected(new Span(
                            Revision.at(other).withUnseen(List.of(new NumberRange(effect, effect))),
                            Revision.at(other))))
                    .containsExactly(UBIK);
            assertThat(history.affected(new Span(
                            Revision.at(0), Revision.at(other).withUnseen(List.of(new NumberRange(effect, effect))))))
                    .containsExactly(EMMA);
        }

        @Test
        void hundreds_of_gaps_are_possible() {
            List<Identity> books = new ArrayList<>();
            List<NumberRange> gaps = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                Identity book = Identity.of(KIND, "book" + i);
                history.append(history.action(book));
                long effect = history.append(history.effect(book));
                if (i % 2 == 0) {
                    gaps.add(new NumberRange(effect, effect));
                } else {
                    books.add(book);
                }
            }
            long end = history.last();
            IntStream.range(0, 500).forEach(i -> gaps.add(new NumberRange(end + 2L * i + 2, end + 2L * i + 2)));
            Revision head = Revision.at(end + 2000).withUnseen(gaps);

            assertThat(history.affected(new Span(Revision.at(0), head))).isEqualTo(books);
            assertThat(history.affected(new Span(head, Revision.at(end))))
                    .hasSize(30)
                    .doesNotContainAnyElementsOf(books);
        }
    }

    @Nested
    class Page_by_page {

        @Test
        void each_is_found_once_by_ascending_numbers() {
            List<AffectedAggregate> expected = linked(70, KEY, OTHER_KEY);
            history.append(history.effect(KEY), history.effect(OTHER_KEY), history.effect(KEY));
            expected.forEach(one -> history.append(history.effect(one.aggregate())));
            history.append(
                    history.requestKind(KIND), history.request(expected.get(3).aggregate()));

            for (int limit : List.of(1, 7, 70, 1000)) {
                assertThat(pages(history.all(), limit)).as("pages of %d", limit).isEqualTo(expected);
            }
            assertThat(history.index().countAffected(history.all(), GROUP, 0)).isEqualTo(70);
            assertThat(history.index()
                            .countAffected(
                                    history.all(), GROUP, expected.get(49).number()))
                    .isEqualTo(20);
        }

        @Test
        void a_storm_of_effects_is_no_more_than_its_triggers() {
            List<AffectedAggregate> expected = linked(50, KEY);
            List<EventMessage<?>> storm = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                int key = i % 4;
                storm.add(history.effect(key == 0 ? KEY : Identity.of("key", "other" + i)));
            }
            long before = history.last();
            history.append(storm.toArray(EventMessage<?>[]::new));

            assertThat(pages(history.after(before), 20)).isEqualTo(expected);
            assertThat(history.index().countAffected(history.after(before), GROUP, 0))
                    .isEqualTo(50);
            assertThat(history.index().countCauses(history.after(before), GROUP))
                    .isEqualTo(10_000);
            assertThat(history.index()
                            .affects(
                                    history.after(before),
                                    GROUP,
                                    expected.get(9).aggregate()))
                    .isTrue();
            assertThat(history.index().causes(history.after(before), GROUP, expected))
                    .hasSize(50)
                    .allSatisfy((aggregate, causes) -> assertThat(causes)
                            .singleElement()
                            .satisfies(
                                    cause -> assertThat(cause.sequenceNumber()).isEqualTo(history.last() - 3)));
        }

        @Test
        void many_requests_and_many_effects_on_aggregates_are_joined() {
            List<AffectedAggregate> some = linked(200);
            for (int i = 0; i < 50; i++) {
                history.append(history.effect(some.get(i).aggregate()));
                history.append(history.request(some.get(100 + i).aggregate(), i < 40 ? "books" : "others"));
                history.append(history.request(Identity.of("shelf", "none" + i)));
                history.append(history.effect(Identity.of("key", "none" + i)));
            }

            List<AffectedAggregate> expected = new ArrayList<>(some.subList(0, 50));
            expected.addAll(some.subList(100, 140));
            assertThat(pages(history.all(), 30)).isEqualTo(expected);
            assertThat(history.index().countAffected(history.all(), GROUP, 0)).isEqualTo(90);
            assertThat(history.index()
                            .affects(history.all(), GROUP, some.get(139).aggregate()))
                    .isTrue();
            assertThat(history.index()
                            .affects(history.all(), GROUP, some.get(140).aggregate()))
                    .isFalse();
        }

        @Test
        void what_has_no_identity_is_passed_over_and_the_page_filled() {
            List<EventMessage<?>> events = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String id = i % 3 == 0 ? "b" + i : i + "x".repeat(252);
                events.add(TypedBook.event(KIND, id, 0, new Encrypted(id, List.of(KEY.id()), "")));
            }
            history.append(events.toArray(EventMessage<?>[]::new));
            history.append(history.effect(KEY), history.requestKind(KIND));

            assertThat(history.index().affected(history.all(), GROUP, 0, 4))
                    .map(AffectedAggregate::identifier)
                    .containsExactly("b0", "b3", "b6", "b9");
            assertThat(history.index().affectsAny(history.all(), GROUP)).isTrue();
        }

        @Test
        void a_limit_is_positive() {
            assertThatThrownBy(() -> history.index().affected(history.all(), GROUP, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("limit");
            assertThatThrownBy(() -> history.index().events(List.of(), 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("maxEvents");
        }
    }

    @Nested
    class The_number_of_an_aggregate {

        @Test
        void is_that_of_its_first_event() {
            history.append(history.action(UBIK), history.action(PLAIN), history.action(UBIK, KEY));

            assertThat(history.index().numberOf("ubik")).hasValue(history.numberOf(UBIK));
            assertThat(history.index().numberOf("shelf:1")).hasValue(history.numberOf(PLAIN));
            assertThat(history.index().numberOf("none")).isEmpty();
        }

        @Test
        void is_none_where_there_is_no_aggregate() {
            EventMessage<?> plain = GenericEventMessage.asEventMessage("plain");
            history.append(history.effect(KEY), plain);

            assertThat(history.index().numberOf(history.names.ofEffects(KEY))).isEmpty();
            assertThat(history.index().numberOf(plain.getIdentifier())).isEmpty();
        }

        @Test
        void without_a_first_event_is_that_of_the_first_link() {
            history.next("ubik"); // which is gone
            history.append(history.action(UBIK));
            long linked = history.append(history.action(SUBTYPE, UBIK, KEY));
            history.append(history.action(UBIK, OTHER_KEY));
            history.append(history.effect(KEY), history.effect(OTHER_KEY));
            AffectedAggregate ubik = new AffectedAggregate(linked, UBIK, SUBTYPE, "ubik");

            assertThat(history.index().affected(history.all(), GROUP, 0, 10)).containsExactly(ubik);
            assertThat(history.index().affected(history.all(), GROUP, linked, 10))
                    .isEmpty();
            assertThat(history.index().countAffected(history.all(), GROUP, 0)).isEqualTo(1);
            assertThat(history.index().numberOf("ubik")).hasValue(linked);
        }

        @Test
        void without_a_first_event_it_is_affected_by_its_links_only() {
            history.next("ubik");
            history.append(history.action(UBIK));
            history.append(history.effect(UBIK), history.request(UBIK), history.requestKind(KIND));

            assertThat(history.affected(history.all())).isEmpty();
            assertThat(history.index().affects(history.all(), GROUP, UBIK)).isFalse();
        }
    }

    /** So many aggregates, each linked to one of the triggers, and to all if it is the tenth. */
    private List<AffectedAggregate> linked(int count, Identity... triggers) {
        List<Identity> all = IntStream.range(0, count)
                .mapToObj(i -> i % 2 == 0 ? Identity.of(KIND, "b" + i) : Identity.of("shelf", "" + i))
                .toList();
        List<EventMessage<?>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Identity[] links =
                    triggers.length == 0 || i % 10 == 0 ? triggers : new Identity[] {triggers[i % triggers.length]};
            events.add(history.action(all.get(i), links));
        }
        history.append(events.toArray(EventMessage<?>[]::new));
        return all.stream().map(history::found).toList();
    }

    private List<AffectedAggregate> pages(Span span, int limit) {
        List<AffectedAggregate> all = new ArrayList<>();
        List<AffectedAggregate> page;
        do {
            long above = all.isEmpty() ? 0 : all.get(all.size() - 1).number();
            page = history.index().affected(span, GROUP, above, limit);
            all.addAll(page);
        } while (page.size() == limit);
        return all;
    }
}
