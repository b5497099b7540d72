package dev.coherence.axon.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.axon.annotation.OnConflict;
import dev.coherence.axon.annotation.ResolvedConflicts;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.revision.Revision;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CommandReaderTest {

    private static final Revision REVISION = Revision.of(41, 1203);

    record OfRevision(@TargetRevision @Nullable Revision base) {}

    record OfText(@TargetRevision @Nullable String base) {}

    record OfLong(@TargetRevision long base) {}

    record OfBoxed(@TargetRevision @Nullable Long base) {}

    record OfAnything<T>(@TargetRevision T base) {}

    record Unannotated(String name) {}

    record Resolving(
            @TargetRevision Revision base,
            @ResolvedConflicts @Nullable Collection<? extends Number> resolved) {}

    record ResolvingArray(
            @TargetRevision Revision base,
            @ResolvedConflicts long[] resolved) {}

    @SuppressWarnings("UnusedVariable") // read by its annotation
    static class OnField {
        @TargetRevision
        @SuppressWarnings("UnusedVariable") // read by reflection, private or not
        private final Revision base = REVISION;
    }

    @SuppressWarnings("UnusedMethod") // read by its annotation
    static class OnGetter {
        @TargetRevision
        @SuppressWarnings("UnusedMethod") // called by reflection, private or not
        private Revision getBase() {
            return REVISION;
        }
    }

    /** A field and its getter are one member. */
    static class OnBoth {
        @TargetRevision
        private final Revision base = REVISION;

        @TargetRevision
        Revision getBase() {
            return base;
        }
    }

    static class Inherited extends OnField {}

    private static CommandIntent read(Object command) {
        return read(command, Map.of());
    }

    private static CommandIntent read(Object command, Map<String, ?> metaData) {
        return CommandReader.read(new GenericCommandMessage<>(command, MetaData.from(metaData)));
    }

    private static String refusal(Object command, Map<String, ?> metaData) {
        try {
            read(command, metaData);
        } catch (InvalidCommandException e) {
            return e.getMessage();
        }
        throw new AssertionError("was not refused");
    }

    @Nested
    class A_revision {

        @Test
        void stands_on_a_field_a_component_or_a_getter() {
            assertThat(Stream.of(
                            new OnField(), new OnGetter(), new OnBoth(), new Inherited(), new OfRevision(REVISION)))
                    .allSatisfy(command -> assertThat(read(command).base()).contains(REVISION));
        }

        @Test
        void is_a_revision_its_text_or_a_version() {
            assertThat(read(new OfText("41@1203")).base()).contains(REVISION);
            assertThat(read(new OfText("@1203-9")).base()).contains(Revision.parse("@1203-9"));
            assertThat(read(new OfText("41")).base()).contains(Revision.ofVersion(41));
            assertThat(read(new OfLong(41)).base()).contains(Revision.ofVersion(41));
            assertThat(read(new OfBoxed(41L)).base()).contains(Revision.ofVersion(41));
            assertThat(read(new OfAnything<>(41L)).base()).contains(Revision.ofVersion(41));
            assertThat(read(new OfAnything<>(REVISION)).base()).contains(REVISION);
        }

        @Test
        void that_is_null_is_none() {
            assertThat(Stream.of(
                            new OfRevision(null),
                            new OfText(null),
                            new OfBoxed(null),
                            new OfAnything<>(null),
                            new Unannotated("x")))
                    .allSatisfy(command -> assertThat(read(command).base()).isEmpty());
        }

        @Test
        void is_read_from_metadata_in_any_form() {
            assertThat(Stream.of(REVISION, "41@1203"))
                    .allSatisfy(value -> assertThat(read(new Unannotated("x"), Map.of("coherence-base", value))
                                    .base())
                            .contains(REVISION));
            assertThat(Stream.of(41L, 41, "41"))
                    .allSatisfy(value -> assertThat(read(new Unannotated("x"), Map.of("coherence-base", value))
                                    .base())
                            .contains(Revision.ofVersion(41)));
            assertThat(read(new OfRevision(null), Map.of("coherence-base", "41@1203"))
                            .base())
                    .contains(REVISION);
        }

        @Test
        void may_be_said_twice_if_it_is_the_same() {
            assertThat(read(new OfRevision(REVISION), Map.of("coherence-base", "41@1203"))
                            .base())
                    .contains(REVISION);
        }

        @Test
        void is_refused_if_it_is_said_twice_and_differs() {
            assertThat(refusal(new OfRevision(REVISION), Map.of("coherence-base", "40@1203")))
                    .isEqualTo("metadata coherence-base: says 40@1203, but the command itself says 41@1203; send one of"
                            + " them");
        }

        @Test
        void that_cannot_be_read_is_refused() {
            assertThat(refusal(new OfText("soon"), Map.of())).startsWith("OfText.base: \"soon\" is not a revision");
            assertThat(refusal(new OfText(""), Map.of())).startsWith("OfText.base: ");
            assertThat(refusal(new OfLong(-1), Map.of())).startsWith("OfLong.base: ");
            assertThat(refusal(new OfAnything<>(1.5), Map.of()))
                    .startsWith("OfAnything.base: must be a Revision, its text, or a long that is a version, but is a"
                            + " java.lang.Double");
            assertThat(refusal(new Unannotated("x"), Map.of("coherence-base", "soon")))
                    .startsWith("metadata coherence-base: ");
        }
    }

    @Nested
    class Resolved_numbers {

        @Test
        void are_any_collection_of_numbers_or_an_array() {
            assertThat(Stream.of(
                            new Resolving(REVISION, Set.of(7L, 8L)),
                            new Resolving(REVISION, List.of(8, 7, 7)),
                            new ResolvingArray(REVISION, new long[] {8, 7})))
                    .allSatisfy(command -> assertThat(read(command).resolved()).containsExactly(7L, 8L));
        }

        @Test
        void that_are_null_or_empty_are_none() {
            assertThat(read(new Resolving(REVISION, null)).resolved()).isEmpty();
            assertThat(read(new Resolving(REVISION, Set.of())).resolved()).isEmpty();
            assertThat(read(new OfRevision(REVISION), Map.of("coherence-resolved", " "))
                            .resolved())
                    .isEmpty();
        }

        @Test
        void are_read_from_metadata_as_well() {
            assertThat(Stream.of(List.of(7, 8L), new long[] {7, 8}, "7,8", " 7, 8 ", List.of("7", "8")))
                    .allSatisfy(value -> assertThat(read(new OfRevision(REVISION), Map.of("coherence-resolved", value))
                                    .resolved())
                            .containsExactly(7L, 8L));
            assertThat(read(new Resolving(REVISION, Set.of(7L)), Map.of("coherence-resolved", "8"))
                            .resolved())
                    .containsExactly(7L, 8L);
        }

        @Test
        void without_a_revision_are_refused() {
            assertThat(refusal(new Unannotated("x"), Map.of("coherence-resolved", "7")))
                    .startsWith("Unannotated: lists resolved events but has no revision");
            assertThat(refusal(new Resolving(null, Set.of(7L)), Map.of()))
                    .startsWith("Resolving: lists resolved events but has no revision");
        }

        @Test
        void that_are_no_numbers_are_refused() {
            assertThat(Stream.of("x", "1,,2", "1;2", List.of(1.5), List.of(0), List.of(-3), 7, "9".repeat(19)))
                    .allSatisfy(
                            value -> assertThat(refusal(new OfRevision(REVISION), Map.of("coherence-resolved", value)))
                                    .startsWith("metadata coherence-resolved: "));
            assertThat(refusal(new Resolving(REVISION, Arrays.asList(1L, null)), Map.of()))
                    .startsWith("Resolving.resolved: ");
        }
    }

    @OnConflict(ConflictPolicy.MERGE)
    record Merging(@TargetRevision Revision base) {}

    @Nested
    class The_policy {

        @Test
        void is_that_of_the_class() {
            assertThat(read(new Merging(REVISION)).policy()).contains(ConflictPolicy.MERGE);
            assertThat(read(new OfRevision(REVISION)).policy()).isEmpty();
        }

        @Test
        void in_metadata_goes_before_it() {
            assertThat(read(new Merging(REVISION), Map.of("coherence-policy", "strict"))
                            .policy())
                    .contains(ConflictPolicy.STRICT);
            assertThat(read(new OfRevision(REVISION), Map.of("coherence-policy", "Merge"))
                            .policy())
                    .contains(ConflictPolicy.MERGE);
        }

        @Test
        void that_does_not_exist_is_refused() {
            assertThat(refusal(new Merging(REVISION), Map.of("coherence-policy", "laissez-faire")))
                    .isEqualTo("metadata coherence-policy: must be strict or merge, but is \"laissez-faire\"");
        }
    }

    record Twice(
            @TargetRevision Revision base,
            @TargetRevision Revision other,
            @ResolvedConflicts String resolved) {}

    static class Strange {
        @TargetRevision
        double base;

        @ResolvedConflicts
        Set<Long> resolved(int atLeast) {
            return Set.of();
        }
    }

    @Nested
    class Mistakes {

        @Test
        void are_told_all_at_once_with_class_and_member() {
            String name = Twice.class.getName();
            assertThat(CommandReader.mistakes(Twice.class))
                    .containsExactly(
                            name
                                    + ": @TargetRevision may stand once in a command, but stands on Twice.base and"
                                    + " Twice.other; leave one of them",
                            name + ": @ResolvedConflicts stands on Twice.resolved, which is a java.lang.String; it must"
                                    + " be a collection of numbers, or a long[]");
            assertThat(CommandReader.mistakes(Strange.class))
                    .hasSize(2)
                    .anySatisfy(mistake -> assertThat(mistake).contains("Strange.base, which is a double"))
                    .anySatisfy(mistake -> assertThat(mistake).contains("Strange.resolved, which has parameters"));
        }

        @Test
        void are_told_again_when_such_a_command_comes() {
            assertThatThrownBy(() -> read(new Twice(REVISION, REVISION, "")))
                    .isInstanceOf(InvalidCommandException.class)
                    .hasMessageContaining("Twice.base and Twice.other")
                    .hasMessageContaining("Twice.resolved");
        }

        @Test
        void are_not_found_in_commands_that_are_right() {
            assertThat(Stream.of(
                            OnBoth.class, OfAnything.class, Resolving.class, ResolvingArray.class, Unannotated.class))
                    .allSatisfy(type -> assertThat(CommandReader.mistakes(type)).isEmpty());
        }

        @Test
        void do_not_hide_that_a_command_can_have_a_revision() {
            assertThat(CommandReader.hasRevision(Twice.class)).isTrue();
            assertThat(CommandReader.hasRevision(Unannotated.class)).isFalse();
        }
    }
}
