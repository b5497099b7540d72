package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.ConflictHandler;
import dev.coherence.axon.annotation.OnConflict;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.Resolution;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.axon.guard.Events.PriceRemoved;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.revision.Revision;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Aggregates with sub types: the kind of all of them is the root type. */
class SubtypesTest extends OnEveryStore {

    record MakeNovel(@TargetAggregateIdentifier String isbn) {}

    record MakeAtlas(@TargetAggregateIdentifier String isbn) {}

    record Price(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            long price) {}

    record Title(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            String title) {}

    record Strip(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base) {}

    abstract static class Print {
        @AggregateIdentifier
        String isbn;

        @CommandHandler
        void handle(Price command) {
            apply(new BookRevised(command.isbn(), null, command.price()));
        }

        @CommandHandler
        void handle(Title command) {
            apply(new BookRevised(command.isbn(), command.title(), null));
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    static class Novel extends Print {
        Novel() {}

        @CommandHandler
        Novel(MakeNovel command) {
            apply(new BookRevised(command.isbn(), "Ubik", 1L));
        }

        @CommandHandler
        void handle(Strip command) {
            apply(new PriceRemoved(isbn));
        }

        @ConflictHandler
        Resolution on(PriceRemoved ours, BookRevised theirs) {
            return Resolution.accept();
        }
    }

    @OnConflict(ConflictPolicy.MERGE)
    static class Atlas extends Print {
        Atlas() {}

        @CommandHandler
        Atlas(MakeAtlas command) {
            apply(new BookRevised(command.isbn(), "World", 1L));
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer.configureAggregate(
                AggregateConfigurer.defaultConfiguration(Print.class).withSubtypes(Set.of(Novel.class, Atlas.class)));
    }

    @Test
    void are_reported_under_the_root_type() {
        String id = newId();
        send(new MakeNovel(id));
        Revision base = current(id);
        send(new Price(id, base, 2));
        ConflictReport report = conflictOf(() -> send(new Price(id, base, 3)));

        assertThat(last(id).getType()).isEqualTo("Novel");
        assertThat(report.conflicts().get(0).aggregate()).isEqualTo(Identity.of("Print", id));
        assertThat(report.unresolved()).containsExactly(number("Print", id, 1));
    }

    @Test
    void are_changed_by_effects_on_the_root_type() {
        String id = newId();
        send(new MakeNovel(id));
        Revision base = current(id);
        long effect = app.fire(Identity.of("Print", id));

        assertThat(conflictOf(() -> send(new Price(id, base, 3))).unresolved()).containsExactly(effect);
    }

    @Test
    void have_conflict_handlers_of_their_own() {
        String id = newId();
        send(new MakeNovel(id));
        Revision base = current(id);
        send(new Price(id, base, 2));
        send(new Strip(id, base));

        assertThat(resolutions(id).accepted()).containsExactly(number("Print", id, 1));
    }

    @Test
    void have_policies_of_their_own() {
        String atlas = newId();
        send(new MakeAtlas(atlas));
        Revision base = current(atlas);
        send(new Price(atlas, base, 2));
        send(new Title(atlas, base, "Earth"));
        assertThat(resolutions(atlas).merged()).containsExactly(number("Print", atlas, 1));

        String novel = newId();
        send(new MakeNovel(novel));
        Revision base2 = current(novel);
        send(new Price(novel, base2, 2));
        conflictOf(() -> send(new Title(novel, base2, "VALIS")));
    }
}
