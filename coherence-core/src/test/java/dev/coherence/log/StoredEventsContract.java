package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.revision.Revision;
import dev.coherence.value.Limits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is appended comes back, with numbers. */
abstract class StoredEventsContract extends ContractPart {

    private static final List<String> ODD_TEXTS = List.of(
            " leading and trailing ",
            "a:b:c",
            "a/b\\c?d=e&f#g",
            "100% %3A %21 !",
            "O'Neil \"quoted\" `ticked`",
            "x'; DROP TABLE domain_event_entry; --",
            "<tag a=\"b\">&amp;</tag> ]]>",
            "{\"json\": [1, null]}",
            "${jndi:x} #{1+1} {0} %s ?1 :name",
            "tab\tline\nreturn\r",
            "\u0001\u007f\u0085\u2028\ufeff\ufffe\uffff",
            "Ärger, 日本語, עברית, é",
            "🕶️ and 𝕏");

    StoredEventsContract(EventLogContract suite) {
        super(suite);
    }

    @Test
    void an_empty_log_has_nothing() {
        assertThat(log.head()).isEqualTo(Revision.at(0));
        assertThat(log.nextVersion(NEUROMANCER)).isZero();
        assertThat(log.unseen(NEUROMANCER, Revision.at(0))).isEmpty();
        assertThat(read(Revision.at(0))).isEmpty();
        assertThat(coherence.sequenceNumber()).isZero();
    }

    @Test
    void numbers_ascend_in_the_order_of_drafts_and_of_appends() {
        List<Event> first = append(action(UBIK, "a", 1), effect(KEY), action(NEUROMANCER, "a", 1), effect(KEY));
        List<Event> second = append(effect(OTHER_KEY), action(UBIK, "a", 2));

        List<Long> numbers = Stream.concat(first.stream(), second.stream())
                .map(Event::sequenceNumber)
                .toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates().allMatch(number -> number >= 1);
    }

    @Test
    void versions_count_the_actions_on_each_aggregate_from_0() {
        append(action(UBIK, "a", 1), action(NEUROMANCER, "a", 1), effect(UBIK), action(UBIK, "a", 2));
        append(effect(UBIK), action(UBIK, "a", 3));

        assertThat(actionsOn(UBIK)).extracting(RecordedAction::version).containsExactly(0L, 1L, 2L);
        assertThat(actionsOn(NEUROMANCER)).extracting(RecordedAction::version).containsExactly(0L);
        assertThat(log.nextVersion(UBIK)).isEqualTo(3);
        assertThat(log.nextVersion(NEUROMANCER)).isEqualTo(1);
    }

    @Test
    void the_head_sees_every_event() {
        List<Event> events = append(action(UBIK, "a", 1), effect(KEY), action(NEUROMANCER, "a", 1));

        Revision head = log.head();
        assertThat(events).allMatch(head::sees);
        assertThat(head.version()).isEmpty();
        assertThat(head.position()).hasValue(events.get(2).sequenceNumber());
        assertThat(coherence.sequenceNumber()).isEqualTo(events.get(2).sequenceNumber());
    }

    @Test
    void events_come_back_as_they_were_appended() {
        Action create = action(
                NEUROMANCER,
                Patch.builder()
                        .assoc("author", "William Gibson")
                        .assoc(Path.of("a.b", "\"c\""), 1)
                        .dissoc("x.y")
                        .dissoc(Path.of("ö", " "))
                        .build(),
                KEY,
                OTHER_KEY);
        List<Event> events = append(List.of(
                new Draft(create, NOON, "catalogue", Collections.emptySortedSet()),
                new Draft(effect(KEY), NOON.plusNanos(1), "vault", new TreeSet<>(Set.of(1L, 2L)))));

        Event action = events.get(0);
        Event effect = events.get(1);
        assertThat(action).isEqualTo(new RecordedAction(action.sequenceNumber(), 0, NOON, "catalogue", create));
        assertThat(effect.change()).isEqualTo(effect(KEY));
        assertThat(effect.timestamp()).isEqualTo(NOON.plusNanos(1));
        assertThat(effect.source()).isEqualTo("vault");
        assertComeBack(NEUROMANCER, events);
    }

    @Test
    void values_of_every_type_come_back_equal() {
        Map<String, Object> nested = new HashMap<>();
        nested.put("list", Arrays.asList(1, null, "x", List.of(), Map.of()));
        nested.put("", false);
        nested.put("null", null);
        Patch.Builder patch = Patch.builder()
                .assoc("null", null)
                .assoc("true", true)
                .assoc("integer", 1)
                .assoc("long", Long.MIN_VALUE)
                .assoc("big", BigInteger.TWO.pow(400))
                .assoc("decimal", new BigDecimal("0.1"))
                .assoc("double", 1.0e-300)
                .assoc("huge", new BigDecimal("1E+9999"))
                .assoc("precise", new BigDecimal("3." + "14159".repeat(100)))
                .assoc("nested", nested)
                .assoc("text", "")
                .assoc("nul", "\u0000")
                .assoc("long-text", "long ".repeat(20_000));
        for (int i = 0; i < ODD_TEXTS.size(); i++) {
            patch.assoc(Path.of("odd", ODD_TEXTS.get(i)), Map.of(ODD_TEXTS.get(i), ODD_TEXTS.get(i)));
        }

        assertComeBack(NEUROMANCER, append(action(NEUROMANCER, patch.build())));
    }

    @Test
    void large_patches_come_back_equal() {
        Patch.Builder patch = Patch.builder();
        for (int i = 0; i < Limits.MAX_PATCH_ENTRIES; i += 2) {
            patch.assoc(Path.of("set", Integer.toString(i)), i).dissoc(Path.of("removed", Integer.toString(i)));
        }

        assertComeBack(NEUROMANCER, append(action(NEUROMANCER, patch.build())));
    }

    @Test
    void timestamps_keep_their_nanoseconds() {
        List<Event> events = append(List.of(
                at("0000-01-01T00:00:00Z"),
                at("1969-12-31T23:59:59.999999999Z"),
                at("1970-01-01T00:00:00.000000001Z"),
                at("2026-02-28T01:02:03.1Z"),
                at("9999-12-31T23:59:59.999999999Z")));

        assertThat(events)
                .extracting(event -> event.timestamp().toString())
                .containsExactly(
                        "0000-01-01T00:00:00Z",
                        "1969-12-31T23:59:59.999999999Z",
                        "1970-01-01T00:00:00.000000001Z",
                        "2026-02-28T01:02:03.100Z",
                        "9999-12-31T23:59:59.999999999Z");
        assertComeBack(UBIK, events);
    }

    private static Draft at(String timestamp) {
        return new Draft(action(UBIK, "a", 1), Instant.parse(timestamp), "test", Collections.emptySortedSet());
    }

    @Test
    void odd_names_come_back_and_stay_apart() {
        for (String odd : ODD_TEXTS) {
            Identity aggregate = Identity.of("book" + odd, odd);
            Identity trigger = Identity.of("key" + odd, odd);
            Action action = new Action(
                    odd,
                    Identity.of(odd, odd),
                    aggregate,
                    action(UBIK, "a", odd).patch(),
                    new TreeSet<>(Set.of(trigger)));
            List<Event> events = append(List.of(
                    new Draft(action, NOON, odd, Collections.emptySortedSet()),
                    new Draft(new Effect(odd, trigger), NOON, odd, Collections.emptySortedSet())));
            assertComeBack(aggregate, events);
        }
    }

    @Test
    void the_longest_names_come_back() {
        Identity longest = Identity.of("kind", "é".repeat(Limits.MAX_NAME_LENGTH - "kind:".length()));
        String text = "…".repeat(Limits.MAX_NAME_LENGTH);
        Action action =
                new Action(text, longest, longest, action(UBIK, "a", 1).patch(), new TreeSet<>(Set.of(longest)));

        assertComeBack(
                longest,
                append(List.of(
                        new Draft(action, NOON, text, Collections.emptySortedSet()),
                        new Draft(new Effect(text, longest), NOON, text, Collections.emptySortedSet()))));
    }

    @Test
    void identities_that_look_alike_are_different_aggregates_and_triggers() {
        List<Identity> alike = List.of(
                Identity.of("a", "b:c"),
                Identity.of("a:b", "c"),
                Identity.of("a!b", "c"),
                Identity.of("a%3Ab", "c"),
                Identity.of("A", "b:c"),
                Identity.of("a", "b:C"),
                Identity.of("a", "b:c "),
                Identity.of("a", "b!c"),
                Identity.of("b", "b:c"));
        for (Identity identity : alike) {
            append(action(identity, "a", identity.toString()), effect(identity));
        }

        for (Identity identity : alike) {
            assertThat(log.unseen(identity, Revision.at(0)))
                    .as("%s", identity)
                    .extracting(Event::change)
                    .containsExactly(action(identity, "a", identity.toString()), effect(identity));
        }
    }

    @Test
    void one_identity_may_be_actor_aggregate_and_trigger() {
        Action action = new Action("self", UBIK, UBIK, action(UBIK, "a", 1).patch(), new TreeSet<>(Set.of(UBIK)));

        assertComeBack(UBIK, append(action, effect(UBIK)));
    }

    /** Every way to an event gives the same. */
    private void assertComeBack(Identity aggregate, List<Event> events) {
        List<RecordedAction> actions = events.stream()
                .filter(RecordedAction.class::isInstance)
                .map(RecordedAction.class::cast)
                .toList();
        assertThat(log.unseen(aggregate, Revision.at(0))).isEqualTo(events);
        assertThat(actionsOn(aggregate)).isEqualTo(actions);
        try (Stream<RecordedAction> read = coherence.read().aggregates(aggregate).stream()) {
            assertThat(read.toList()).isEqualTo(actions);
        }
    }
}
