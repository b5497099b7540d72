package dev.coherence.rebase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Action;
import dev.coherence.action.Change;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.encryption.Encryption;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RebaseBuilderTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.000000001Z");

    private final SpyLog log = new SpyLog();

    private RebaseBuilder rebase(Revision base) {
        return new RebaseBuilder(
                log, base, "default", ConflictPolicy.STRICT, Clock.fixed(NOON, ZoneOffset.UTC), Encryption.none());
    }

    private RebaseBuilder rebase() {
        return rebase(Revision.at(0));
    }

    private static void complete(ActionBuilder action) {
        action.reason("update").actor("user", "bob").aggregate("book", "Ubik").assoc("a", 1);
    }

    private static List<Event> accepted(RebaseBuilder rebase) {
        RebaseResult result = rebase.execute();
        assertThat(result).isInstanceOf(Accepted.class);
        return ((Accepted) result).events();
    }

    @Nested
    class What_it_collects {

        @Test
        void actions_and_effects_in_order() {
            List<Event> events = accepted(rebase().action(action -> action.reason("create")
                            .actor("user", "alice")
                            .aggregate("book", "Ubik")
                            .assoc("a.b", 1)
                            .assoc(Path.of("a.b"), null)
                            .dissoc("c")
                            .dissoc(Path.of("c.d"))
                            .trigger("key", "1")
                            .trigger(Identity.of("key", "2")))
                    .effect(effect -> effect.reason("expired").trigger("key", "1")));

            Patch patch = Patch.builder()
                    .assoc(Path.of("a", "b"), 1)
                    .assoc(Path.of("a.b"), null)
                    .dissoc(Path.of("c"))
                    .dissoc(Path.of("c.d"))
                    .build();
            assertThat(events)
                    .extracting(Event::change)
                    .containsExactly(
                            new Action(
                                    "create",
                                    Identity.of("user", "alice"),
                                    Identity.of("book", "Ubik"),
                                    patch,
                                    new TreeSet<>(Set.of(Identity.of("key", "1"), Identity.of("key", "2")))),
                            new Effect("expired", Identity.of("key", "1")));
        }

        @Test
        void timestamp_and_source_with_defaults() {
            Instant early = Instant.parse("1999-12-31T23:59:59.999999999Z");
            Effect made = new Effect("expired", Identity.of("key", "1"));
            List<Event> events = accepted(rebase().action(RebaseBuilderTest::complete)
                    .action(action -> complete(action.timestamp(early).source("import")))
                    .effect(effect -> effect.reason("x").trigger("a", "b").timestamp(early))
                    .append(made, Optional.empty(), Optional.of("import"))
                    .append(made, Optional.of(early), Optional.empty()));

            assertThat(events).extracting(Event::timestamp).containsExactly(NOON, early, early, NOON, early);
            assertThat(events)
                    .extracting(Event::source)
                    .containsExactly("default", "import", "default", "import", "default");
        }

        @Test
        void it_can_be_executed_again() {
            RebaseBuilder rebase = rebase().effect(effect -> effect.reason("x").trigger("a", "b"));

            assertThat(accepted(rebase.dryRun())).hasSize(1);
            assertThat(accepted(rebase.dryRun(false))).hasSize(1);
            assertThat(accepted(rebase)).hasSize(1);
            assertThat(log.head()).isEqualTo(Revision.at(2));
        }
    }

    @Nested
    class What_it_refuses_before_anything_is_opened {

        @Test
        void an_empty_history() {
            assertRefused("history", () -> rebase().execute());
        }

        @Test
        void a_history_that_is_too_long() {
            RebaseBuilder rebase = rebase();
            for (int i = 0; i < RebaseBuilder.MAX_ENTRIES; i++) {
                rebase.effect(effect -> effect.reason("x").trigger("a", "b"));
            }
            assertThat(accepted(rebase.dryRun())).hasSize(RebaseBuilder.MAX_ENTRIES);
            log.calls.clear();

            rebase.effect(effect -> effect.reason("x").trigger("a", "b"));
            assertRefused("history", rebase::execute);
        }

        @Test
        void resolved_numbers_that_cannot_be() {
            assertRefused(
                    "resolved",
                    () -> rebase().action(RebaseBuilderTest::complete)
                            .resolved(1, 0)
                            .execute());
            assertRefused(
                    "resolved",
                    () -> rebase().action(RebaseBuilderTest::complete)
                            .resolved(-1)
                            .execute());
            assertRefused("resolved", () -> rebase().resolved(Arrays.asList(1L, null)));
            assertRefused(
                    "resolved",
                    () -> rebase().action(RebaseBuilderTest::complete)
                            .resolved(LongStream.rangeClosed(0, RebaseBuilder.MAX_RESOLVED)
                                    .map(n -> n + 1)
                                    .toArray())
                            .execute());
        }

        @Test
        void a_base_with_a_version_for_several_aggregates() {
            RebaseBuilder rebase = rebase(Revision.ofVersion(0))
                    .action(RebaseBuilderTest::complete)
                    .action(action -> action.reason("r")
                            .actor("user", "bob")
                            .aggregate("book", "Emma")
                            .assoc("a", 1));

            assertRefused("base", rebase::execute);
        }

        @Test
        void malformed_actions_naming_the_place() {
            assertActionRefused("history[0].action.reason", action -> action.reason(""));
            assertActionRefused("history[0].action.reason", action -> action.reason(null));
            assertActionRefused("history[0].action.actor.kind", action -> action.actor("", "bob"));
            assertActionRefused("history[0].action.actor.id", action -> action.actor("user", null));
            assertActionRefused("history[0].action.actor", action -> action.actor(null));
            assertActionRefused("history[0].action.aggregate.id", action -> action.aggregate("book", ""));
            assertActionRefused("history[0].action.aggregate", action -> action.aggregate(null));
            assertActionRefused("history[0].action.patch.assoc[\"a\"]", action -> action.assoc("a", 2));
            assertActionRefused("history[0].action.patch.assoc[\"b\"]", action -> action.assoc("b", new Object()));
            assertActionRefused("history[0].action.patch.dissoc[\"a.x\"]", action -> action.dissoc("a.x"));
            assertActionRefused(
                    "history[0].action.triggers[1].kind",
                    action -> action.trigger("key", "1").trigger("", "2"));
            assertActionRefused("history[0].action.source", action -> action.source(""));
            assertActionRefused("history[0].action.source", action -> action.source(null));
            assertActionRefused("history[0].action.timestamp", action -> action.timestamp(Instant.MAX));
            assertActionRefused("history[0].action.timestamp", action -> action.timestamp(null));
        }

        private void assertActionRefused(String place, Consumer<ActionBuilder> spoil) {
            assertRefused(
                    place,
                    () -> rebase().action(action -> {
                        complete(action);
                        spoil.accept(action);
                    }));
        }

        @Test
        void incomplete_actions_naming_what_is_missing() {
            assertRefused("history[0].action.reason", () -> rebase().action(action -> {}));
            assertRefused("history[0].action.actor", () -> rebase().action(action -> action.reason("r")));
            assertRefused(
                    "history[0].action.aggregate",
                    () -> rebase().action(action -> action.reason("r").actor("user", "bob")));
            assertRefused(
                    "history[0].action.patch",
                    () -> rebase().action(action ->
                            action.reason("r").actor("user", "bob").aggregate("book", "Ubik")));
        }

        @Test
        void malformed_effects_naming_the_place() {
            RebaseBuilder rebase = rebase().action(RebaseBuilderTest::complete);

            assertRefused("history[1].effect.reason", () -> rebase.effect(effect -> effect.trigger("key", "1")));
            assertRefused("history[1].effect.trigger", () -> rebase.effect(effect -> effect.reason("r")));
            assertRefused(
                    "history[1].effect.trigger.id",
                    () -> rebase.effect(effect -> effect.reason("r").trigger("key", "")));
        }

        @Test
        void malformed_entries_that_were_made_elsewhere() {
            Change effect = new Effect("r", Identity.of("key", "1"));

            assertRefused("history[0].change", () -> rebase().append(null, Optional.empty(), Optional.empty()));
            assertRefused(
                    "history[0].timestamp", () -> rebase().append(effect, Optional.of(Instant.MIN), Optional.empty()));
            assertRefused("history[0].source", () -> rebase().append(effect, Optional.empty(), Optional.of("")));
        }

        @Test
        void patches_without_paths_that_were_made_elsewhere() {
            for (Patch patch : List.of(Patch.nothing(), Patch.everything())) {
                Change action = new Action(
                        "r", Identity.of("user", "bob"), Identity.of("book", "Ubik"), patch, new TreeSet<>());

                assertRefused("history[0].patch", () -> rebase().append(action, Optional.empty(), Optional.empty()));
            }
        }

        @Test
        void what_was_refused_is_not_part_of_the_history() {
            RebaseBuilder rebase = rebase().action(RebaseBuilderTest::complete);
            assertRefused("history[1].action.reason", () -> rebase.action(action -> {}));

            assertThat(accepted(rebase)).hasSize(1);
        }

        private void assertRefused(String place, ThrowingCallable call) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            refused -> assertThat(refused.place()).isEqualTo(place));
            assertThat(log.calls).isEmpty();
        }
    }
}
