package dev.coherence.conflict;

import static dev.coherence.conflict.Detecting.assertSoleDispute;
import static dev.coherence.conflict.Detecting.assertSoleDisputeAmong;
import static dev.coherence.conflict.Detecting.base;
import static dev.coherence.conflict.Detecting.detection;
import static dev.coherence.conflict.Detecting.dispute;
import static dev.coherence.conflict.Detecting.fired;
import static dev.coherence.conflict.Detecting.merge;
import static dev.coherence.conflict.Detecting.none;
import static dev.coherence.conflict.Detecting.ours;
import static dev.coherence.conflict.Detecting.patch;
import static dev.coherence.conflict.Detecting.remove;
import static dev.coherence.conflict.Detecting.set;
import static dev.coherence.conflict.Detecting.strict;
import static dev.coherence.conflict.Detecting.theirs;
import static dev.coherence.conflict.Detecting.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Event;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.document.Document;
import dev.coherence.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConflictDetectionTest {

    @Nested
    class Under_strict_policy {

        @Test
        void without_unseen_events_there_is_no_conflict() {
            assertThat(strict(set("genre", "Cyberpunk"), Detecting::unneeded)).isEqualTo(detection(List.of()));
        }

        @Test
        void every_unseen_event_is_a_conflict_even_without_a_dispute() {
            Event other = theirs(5, set("price", 10));
            Event effect = fired(6);
            Event same = theirs(7, set("genre", "Cyberpunk"));

            Detection found = strict(set("genre", "Cyberpunk"), Detecting::unneeded, other, effect, same);

            assertThat(found.conflicts()).extracting(Conflict::theirs).containsExactly(other, effect, same);
            assertThat(found.conflicts()).extracting(Conflict::disputes).containsOnly(List.of());
            assertThat(found.merged()).isEmpty();
        }

        @Test
        void disputes_are_told_as_under_merge() {
            Detection found = strict(set("genre", "Cyberpunk"), base("genre", "SF"), theirs(5, set("genre", "Noir")));

            assertThat(found.conflicts().get(0).disputes())
                    .containsExactly(dispute("genre", value("SF"), value("Cyberpunk"), value("Noir"), 5L));
        }

        @Test
        void each_conflict_holds_our_action() {
            Detection found = strict(set("genre", "Cyberpunk"), Detecting::unneeded, fired(6));

            assertThat(found.conflicts().get(0).ours()).isEqualTo(ours(set("genre", "Cyberpunk")));
        }
    }

    @Nested
    class Under_merge_policy {

        @Test
        void disjoint_paths_merge_without_a_look_at_the_base() {
            assertThat(merge(
                            set("genre", "Cyberpunk"),
                            Detecting::unneeded,
                            theirs(5, set("price", 10)),
                            theirs(6, set("x", 1))))
                    .isEqualTo(detection(List.of(), 5L, 6L));
        }

        @Test
        void equal_values_merge_whatever_they_are_written_like() {
            assertThat(merge(set("price", 1), Detecting::unneeded, theirs(5, set("price", 1.0))))
                    .isEqualTo(detection(List.of(), 5L));
        }

        @Test
        void both_removing_a_path_merges() {
            assertThat(merge(remove("genre"), Detecting::unneeded, theirs(5, remove("genre"))))
                    .isEqualTo(detection(List.of(), 5L));
        }

        @Test
        void different_values_are_in_dispute() {
            assertSoleDispute(
                    merge(set("genre", "Cyberpunk"), base("genre", "SF"), theirs(5, set("genre", "Noir"))),
                    dispute("genre", value("SF"), value("Cyberpunk"), value("Noir"), 5L));
        }

        @Test
        void setting_against_removing_is_in_dispute() {
            assertSoleDispute(
                    merge(set("genre", "Cyberpunk"), base("genre", "SF"), theirs(5, remove("genre"))),
                    dispute("genre", value("SF"), value("Cyberpunk"), none(), 5L));
            assertSoleDispute(
                    merge(remove("genre"), base("genre", "SF"), theirs(5, set("genre", "Noir"))),
                    dispute("genre", value("SF"), none(), value("Noir"), 5L));
        }

        @Test
        void null_is_a_value_and_not_absence() {
            assertSoleDispute(
                    merge(remove("genre"), Document::empty, theirs(5, set("genre", null))),
                    dispute("genre", none(), none(), Optional.of(Value.NULL), 5L));
        }

        @Test
        void an_effect_is_never_merged() {
            Detection found =
                    merge(set("genre", "Cyberpunk"), Detecting::unneeded, theirs(5, set("price", 10)), fired(6));

            assertThat(found)
                    .isEqualTo(detection(
                            List.of(new Conflict(ours(set("genre", "Cyberpunk")), fired(6), List.of())), 5L));
        }

        @Test
        void theirs_is_what_all_unseen_actions_together_make() {
            assertSoleDisputeAmong(
                    merge(
                            set("genre", "Cyberpunk"),
                            base("genre", "SF"),
                            theirs(5, set("genre", "Cyberpunk")),
                            theirs(6, set("genre", "Noir"))),
                    2,
                    dispute("genre", value("SF"), value("Cyberpunk"), value("Noir"), 5L, 6L));
            assertThat(merge(
                            set("genre", "Noir"),
                            Detecting::unneeded,
                            theirs(5, set("genre", "Cyberpunk")),
                            theirs(6, set("genre", "Noir"))))
                    .isEqualTo(detection(List.of(), 5L, 6L));
        }

        @Test
        void only_the_events_that_a_dispute_lists_are_in_conflict() {
            Detection found = merge(
                    patch().assoc("a", 1).assoc("b", 1).assoc("c", 1).build(),
                    Document::empty,
                    theirs(5, set("a", 2)),
                    theirs(6, set("x", 2)),
                    theirs(7, patch().assoc("a", 3).assoc("b", 1).assoc("c", 2).build()));

            assertThat(found.conflicts())
                    .extracting(conflict -> conflict.theirs().sequenceNumber())
                    .containsExactly(5L, 7L);
            assertThat(found.conflicts().get(0).disputes())
                    .extracting(Dispute::path)
                    .containsExactly(Path.of("a"));
            assertThat(found.conflicts().get(1).disputes())
                    .extracting(Dispute::path)
                    .containsExactly(Path.of("a"), Path.of("c"));
            assertThat(found.merged()).containsExactly(6L);
        }
    }

    @Nested
    class Where_a_patch_names_no_path {

        @Test
        void theirs_that_touches_everything_conflicts_as_such_and_the_others_merge() {
            Event theirs = theirs(6, Patch.everything());

            Detection found = merge(set("genre", "SF"), Detecting::unneeded, theirs(5, set("price", 1)), theirs);

            assertThat(found)
                    .isEqualTo(detection(List.of(new Conflict(ours(set("genre", "SF")), theirs, List.of())), 5L));
        }

        @Test
        void ours_that_touches_everything_conflicts_with_each_action_that_touches_something() {
            Event some = theirs(5, set("price", 1));
            Event all = theirs(7, Patch.everything());

            Detection found =
                    merge(Patch.everything(), Detecting::unneeded, some, theirs(6, Patch.nothing()), all, fired(8));

            assertThat(found.conflicts()).extracting(Conflict::theirs).containsExactly(some, all, fired(8));
            assertThat(found.conflicts()).extracting(Conflict::disputes).containsOnly(List.of());
            assertThat(found.merged()).containsExactly(6L);
        }

        @Test
        void ours_that_touches_nothing_merges_with_every_action_and_no_effect() {
            Detection found = merge(
                    Patch.nothing(),
                    Detecting::unneeded,
                    theirs(5, set("price", 1)),
                    theirs(6, Patch.everything()),
                    theirs(7, Patch.nothing()),
                    fired(8));

            assertThat(found)
                    .isEqualTo(
                            detection(List.of(new Conflict(ours(Patch.nothing()), fired(8), List.of())), 5L, 6L, 7L));
        }

        @Test
        void theirs_that_touches_nothing_merges() {
            assertThat(merge(set("genre", "SF"), Detecting::unneeded, theirs(5, Patch.nothing())))
                    .isEqualTo(detection(List.of(), 5L));
        }

        @Test
        void disputes_of_other_events_pass_over_what_is_unknown() {
            Detection found = merge(
                    set("genre", "SF"),
                    base("genre", "Noir"),
                    theirs(5, set("genre", "Cyberpunk")),
                    theirs(6, Patch.everything()));

            assertThat(found.conflicts())
                    .extracting(Conflict::disputes)
                    .containsExactly(
                            List.of(dispute("genre", value("Noir"), value("SF"), value("Cyberpunk"), 5L)), List.of());
        }

        @Test
        void strict_knows_no_exception() {
            assertThat(strict(Patch.nothing(), Detecting::unneeded, theirs(5, Patch.nothing()), fired(6))
                            .conflicts())
                    .hasSize(2);
        }
    }

    @Test
    void the_base_is_asked_for_once_however_many_disputes_there_are() {
        int[] asked = {0};
        Detection found = merge(
                patch().assoc("a", 1).assoc("b", 1).assoc("c", Map.of()).build(),
                () -> {
                    asked[0]++;
                    return Document.empty();
                },
                theirs(5, patch().assoc("a", 2).assoc("b", 2).assoc("c.d", 2).build()));

        assertThat(found.conflicts().get(0).disputes()).hasSize(3);
        assertThat(asked[0]).isEqualTo(1);
    }
}
