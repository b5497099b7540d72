package dev.coherence.axon.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeclaredAggregateTest {

    record Show(@TargetAggregateIdentifier String id) {}

    record Sing(@TargetAggregateIdentifier String id) {}

    /** Has handlers, but is no aggregate that Axon was told of. */
    static class Shown {
        @CommandHandler
        void handle(Show command) {}
    }

    @AggregateRoot(type = "work")
    static class Work extends Shown {
        @AggregateIdentifier
        String id;
    }

    @AggregateRoot(type = "poem")
    static class Poem extends Work {}

    static class Song extends Work {
        @CommandHandler
        void handle(Sing command) {}
    }

    private static final AggregateModel<Work> MODEL =
            AnnotatedAggregateMetaModelFactory.inspectAggregate(Work.class, Set.of(Poem.class, Song.class));

    private final DeclaredAggregate work = new DeclaredAggregate(Work.class, List.of(Poem.class, Song.class), MODEL);

    @Nested
    class Its_kind {

        @Test
        void is_the_type_of_the_root() {
            assertThat(work.kind()).isEqualTo("work");
        }
    }

    @Nested
    class Its_classes {

        @Test
        void are_root_and_sub_types_but_no_super_class() {
            assertThat(work.classes()).containsExactly(Work.class, Poem.class, Song.class);
            assertThat(work.types()).containsExactlyInAnyOrder("work", "poem", "Song");
        }

        @Test
        void are_found_by_what_axon_stores_with_their_events() {
            assertThat(work.classOf("work")).contains(Work.class);
            assertThat(work.classOf("poem")).contains(Poem.class);
            assertThat(work.classOf("Song")).contains(Song.class);
            assertThat(work.classOf("Poem")).isEmpty();
            assertThat(work.classOf("Shown")).isEmpty();
        }

        @Test
        void cannot_be_changed() {
            assertThatThrownBy(() -> work.classes().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> work.types().clear()).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Nested
    class Its_handlers {

        @Test
        void are_those_of_root_sub_types_and_super_classes() {
            assertThat(work.commandTypes()).containsExactlyInAnyOrder(Show.class, Sing.class);
        }

        @Test
        void find_it_by_the_field_that_identifies_it() {
            assertThat(work.identifierName()).contains("id");
        }
    }
}
