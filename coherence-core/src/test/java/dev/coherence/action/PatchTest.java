package dev.coherence.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.ListValue;
import dev.coherence.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PatchTest {

    @Nested
    class Builder {
        @Test
        void collects_values_and_paths_in_order() {
            Patch patch = Patch.builder()
                    .dissoc("genre")
                    .assoc("author", "William Gibson")
                    .assoc(Path.of("address.city"), null)
                    .assoc("address.city", 1)
                    .dissoc(Path.of("x", "y"))
                    .build();

            assertThat(patch.assoc())
                    .containsExactly(
                            Map.entry(Path.of("address", "city"), Value.of(1)),
                            Map.entry(Path.of("address.city"), Value.NULL),
                            Map.entry(Path.of("author"), Value.of("William Gibson")));
            assertThat(patch.dissoc()).containsExactly(Path.of("genre"), Path.of("x", "y"));
            assertThat(patch.paths())
                    .containsExactly(
                            Path.of("address", "city"),
                            Path.of("address.city"),
                            Path.of("author"),
                            Path.of("genre"),
                            Path.of("x", "y"));
        }

        @Test
        void can_go_on_after_a_patch_was_built() {
            Patch.Builder builder = Patch.builder().assoc("a", 1);
            Patch patch = builder.build();
            builder.assoc("b", 2);

            assertThat(patch.paths()).hasSize(1);
            assertThat(builder.build().paths()).hasSize(2);
        }

        @Test
        void names_the_entry_that_it_refuses() {
            assertRefused(
                    () -> Patch.builder().assoc("a.b", Instant.EPOCH), "patch.assoc[\"a.b\"]", "java.time.Instant");
            assertRefused(
                    () -> Patch.builder().assoc("a", Map.of("b", List.of(1, 'c'))),
                    "patch.assoc[\"a\"][\"b\"][1]",
                    "java.lang.Character");
            assertRefused(
                    () -> Patch.builder().assoc("a..b", 1), "patch.assoc[\"a..b\"]", "path[1]: must not be empty");
            assertRefused(() -> Patch.builder().dissoc(""), "patch.dissoc[\"\"]", "path[0]: must not be empty");
            assertRefused(() -> Patch.builder().assoc("a", 1).assoc("a", 1), "patch.assoc[\"a\"]", "twice");
            assertRefused(() -> Patch.builder().dissoc("a").dissoc("a"), "patch.dissoc[\"a\"]", "twice");
            assertRefused(() -> Patch.builder().assoc((String) null, 1), "patch.assoc", "is missing");
            assertRefused(() -> Patch.builder().assoc((Path) null, 1), "patch.assoc", "is missing");
            assertRefused(() -> Patch.builder().dissoc((Path) null), "patch.dissoc", "is missing");
        }
    }

    @Nested
    class Rules {
        @Test
        void a_patch_has_an_entry() {
            assertRefused(() -> Patch.builder().build(), "patch", "at least one entry");
        }

        @Test
        void a_patch_has_at_most_10_000_entries() {
            Patch.Builder builder = Patch.builder();
            for (int i = 0; i < 9_999; i++) {
                builder.assoc(Path.of("k", "" + i), i);
            }
            assertThat(builder.dissoc("d").build().paths()).hasSize(10_000);
            assertRefused(() -> builder.dissoc("e").build(), "patch", "at most 10000");
        }

        @Test
        void no_path_stands_in_both_parts() {
            assertRefused(
                    () -> Patch.builder().assoc("a", 1).dissoc("a").build(), "patch.dissoc[\"a\"]", "in assoc as well");
        }

        @Test
        void no_path_begins_with_another() {
            assertRefused(
                    () -> Patch.builder().assoc("a", 1).assoc("a.b", 1).build(),
                    "patch.assoc[\"a.b\"]",
                    "lies within patch.assoc[\"a\"]");
            assertRefused(
                    () -> Patch.builder().dissoc("a").assoc("a.b.c", 1).build(),
                    "patch.assoc[\"a.b.c\"]",
                    "lies within patch.dissoc[\"a\"]");
            assertRefused(
                    () -> Patch.builder()
                            .dissoc("a.b")
                            .assoc("a", 1)
                            .assoc("a!", 1)
                            .build(),
                    "patch.dissoc[\"a.b\"]",
                    "lies within patch.assoc[\"a\"]");
            assertThat(Patch.builder()
                            .assoc("a", 1)
                            .assoc(Path.of("a.b"), 1)
                            .assoc("ab", 1)
                            .build()
                            .paths())
                    .hasSize(3);
        }

        @Test
        void agree_with_comparing_every_path_with_every_other() {
            int refused = 0;
            for (long seed = 0; seed < 5_000; seed++) {
                Random random = new Random(seed);
                SortedMap<Path, Value> assoc = new TreeMap<>();
                SortedSet<Path> dissoc = new TreeSet<>();
                List<Path> all = new ArrayList<>();
                for (int i = 1 + random.nextInt(4); i > 0; i--) {
                    Path path = RandomPatches.path(random);
                    if (random.nextBoolean() ? assoc.put(path, Value.NULL) == null : dissoc.add(path)) {
                        all.add(path);
                    }
                }
                boolean legal = all.stream()
                        .allMatch(path -> all.stream().filter(path::overlaps).count() == 1);

                assertThat(isAccepted(assoc, dissoc))
                        .as("seed %d: %s", seed, all)
                        .isEqualTo(legal);
                refused += legal ? 0 : 1;
            }
            assertThat(refused).isBetween(1_000, 4_000);
        }

        private static boolean isAccepted(SortedMap<Path, Value> assoc, SortedSet<Path> dissoc) {
            try {
                return new Patch(assoc, dissoc).assoc().equals(assoc);
            } catch (InvalidInputException e) {
                return false;
            }
        }

        @Test
        void path_and_value_together_keep_to_the_limit_of_depth() {
            Path deep = new Path(Collections.nCopies(60, "k"));
            Object four = List.of(List.of(List.of(List.of())));

            assertThat(Patch.builder().assoc(deep, four).build().paths()).hasSize(1);
            assertThat(Patch.builder()
                            .assoc(new Path(Collections.nCopies(64, "k")), 1)
                            .build()
                            .paths())
                    .hasSize(1);
            assertRefused(
                    () -> Patch.builder().assoc(deep, List.of(four)).build(), "patch.assoc[\"k.k.", "more than 64");
        }

        @Test
        void values_made_by_hand_keep_to_the_limit_of_elements() {
            SortedMap<Path, Value> assoc = new TreeMap<>();
            assoc.put(Path.of("a"), new ListValue(Collections.nCopies(100_000, Value.NULL)));

            assertRefused(() -> new Patch(assoc, new TreeSet<>()), "patch.assoc[\"a\"]", "100000 values");
        }

        @Test
        void nothing_is_missing() {
            SortedMap<Path, Value> assoc = new TreeMap<>();
            assoc.put(Path.of("a"), null);

            assertRefused(() -> new Patch(assoc, new TreeSet<>()), "patch.assoc[\"a\"]", "is missing");
            assertRefused(() -> new Patch(null, new TreeSet<>()), "patch.assoc", "is missing");
            assertRefused(() -> new Patch(new TreeMap<>(), null), "patch.dissoc", "is missing");
        }
    }

    @Nested
    class Equality {
        @Test
        void is_by_canonical_entries() {
            assertThat(Patch.builder().assoc("a", 1).dissoc("b").build())
                    .isEqualTo(Patch.builder().dissoc("b").assoc("a", 1.0).build())
                    .hasSameHashCodeAs(
                            Patch.builder().dissoc("b").assoc("a", 1L).build())
                    .isNotEqualTo(Patch.builder().assoc("a", "1").dissoc("b").build());
        }
    }

    @Nested
    class Without_paths {
        @Test
        void one_touches_nothing_and_one_everything() {
            assertThat(Patch.nothing().touchesNothing()).isTrue();
            assertThat(Patch.nothing().touchesEverything()).isFalse();
            assertThat(Patch.everything().touchesEverything()).isTrue();
            assertThat(Patch.everything().touchesNothing()).isFalse();
            assertThat(Patch.builder().assoc("a", 1).build())
                    .matches(patch -> !patch.touchesNothing() && !patch.touchesEverything());
        }

        @Test
        void neither_names_a_path() {
            for (Patch patch : List.of(Patch.nothing(), Patch.everything())) {
                assertThat(patch.paths()).isEmpty();
                assertThat(patch.assoc()).isEmpty();
                assertThat(patch.dissoc()).isEmpty();
            }
        }

        @Test
        void each_equals_only_itself() {
            assertThat(Patch.nothing())
                    .isEqualTo(Patch.nothing())
                    .isNotEqualTo(Patch.everything())
                    .isNotEqualTo(Patch.builder().assoc("a", 1).build());
            assertThat(Patch.builder().dissoc("a").build()).isNotEqualTo(Patch.nothing());
        }

        @Test
        void are_printed_by_what_they_touch() {
            assertThat(Patch.nothing()).hasToString("Patch[nothing]");
            assertThat(Patch.everything()).hasToString("Patch[everything]");
            assertThat(Patch.builder().assoc("a", 1).dissoc("b").build()).hasToString("Patch[assoc={a=1}, dissoc=[b]]");
        }
    }

    @Nested
    class Copies {
        @Test
        void map_and_set_whatever_their_order_was() {
            SortedMap<Path, Value> assoc = new TreeMap<>(Collections.reverseOrder());
            assoc.put(Path.of("a"), Value.of(1));
            assoc.put(Path.of("b"), Value.of(2));
            SortedSet<Path> dissoc = new TreeSet<>(Collections.reverseOrder());
            dissoc.add(Path.of("c"));
            dissoc.add(Path.of("d"));
            Patch patch = new Patch(assoc, dissoc);

            assoc.clear();
            dissoc.clear();

            assertThat(patch.assoc().keySet()).containsExactly(Path.of("a"), Path.of("b"));
            assertThat(patch.dissoc()).containsExactly(Path.of("c"), Path.of("d"));
        }

        @Test
        void nothing_that_can_be_changed_comes_out() {
            Patch patch = Patch.builder().assoc("a", 1).dissoc("b").build();

            assertThatThrownBy(() -> patch.assoc().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> patch.dissoc().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> patch.paths().clear()).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    private static void assertRefused(Runnable building, String place, String problem) {
        assertThatThrownBy(building::run).isInstanceOfSatisfying(InvalidInputException.class, e -> {
            assertThat(e.place()).startsWith(place);
            assertThat(e.problem()).contains(problem);
        });
    }
}
