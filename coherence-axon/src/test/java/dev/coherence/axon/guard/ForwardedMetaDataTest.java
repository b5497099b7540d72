package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.axon.guard.Events.BookShelved;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Handlers that give their events the metadata of another message. */
class ForwardedMetaDataTest extends OnEveryStore {

    /** Hands the metadata of the command on. */
    record Forward(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base) {}

    /** Hands metadata on that was found somewhere else. */
    record Copy(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            Map<String, ?> metaData) {}

    /** For a handler outside of aggregates. */
    record SendOn(@TargetRevision @Nullable Revision base, List<Object> sent) {}

    static class Desk {
        @AggregateIdentifier
        String isbn;

        Desk() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Copy command) {
            apply(new BookRevised(command.isbn(), "Ubik", 1L), MetaData.from(command.metaData()));
        }

        @CommandHandler
        void handle(Forward command, MetaData metaData) {
            apply(new BookShelved(command.isbn(), "desk"), metaData);
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    record Sender(CommandGateway commands) {

        @CommandHandler
        void handle(SendOn command) {
            command.sent().forEach(commands::sendAndWait);
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer
                .configureAggregate(Desk.class)
                .registerCommandHandler((Configuration config) -> new Sender(config.commandGateway()));
    }

    private String desk() {
        String id = newId();
        send(new Copy(id, null, Map.of()));
        return id;
    }

    @Nested
    class That_of_a_command_which_another_command_sent {

        @Test
        void takes_no_base_over_from_the_command_before_it() {
            String id = desk();
            Revision stale = app.head();
            app.fire(Identity.of("Desk", id));
            send(new SendOn(stale, List.of(new Forward(id, current(id)))));

            assertThat(events(id)).hasSize(2);
            assertThat(WithoutRevisionTest.ours(last(id))).containsOnlyKeys("coherence-source");
        }

        @Test
        void leaves_its_events_to_the_base_of_its_own_command() {
            String id = desk();
            Revision stale = current(id);
            long effect = app.fire(Identity.of("Desk", id));

            ConflictReport report = conflictOf(() -> send(new SendOn(app.head(), List.of(new Forward(id, stale)))));
            assertThat(report.unresolved()).containsExactly(effect);
            assertThat(report.command()).isEqualTo(Forward.class.getName());
        }

        @Test
        void leaves_parts_to_the_base_of_the_command_before_them() {
            String id = desk();
            Revision stale = app.head();
            long effect = app.fire(Identity.of("Desk", id));

            assertThat(conflictOf(() -> send(new SendOn(stale, List.of(new Forward(id, null)))))
                            .unresolved())
                    .containsExactly(effect);
        }
    }

    @Nested
    class That_of_another_event {

        private final Map<String, String> notes = Map.of(
                "coherence-reason", "another",
                "coherence-source", "another",
                "coherence-timestamp", "2001-02-03T04:05:06Z",
                "coherence-listed", "1",
                "coherence-marked", "2",
                "coherence-merged", "3",
                "coherence-accepted", "4",
                "coherence-replaced", "5");

        @Test
        void leaves_no_notes_of_it_behind() {
            String id = newId();
            send(new Copy(id, null, notes));

            assertThat(WithoutRevisionTest.ours(last(id)))
                    .isEqualTo(Map.of("coherence-reason", "revise", "coherence-source", "test"));
            assertThat(resolutions(id).isEmpty()).isTrue();
        }

        @Test
        void leaves_the_notes_of_our_own_command() {
            String id = desk();
            Revision base = current(id);
            long theirs = app.fire(Identity.of("Desk", id));
            app.send(new Copy(id, base, notes), MetaData.with("coherence-resolved", List.of(theirs)));

            assertThat(WithoutRevisionTest.ours(last(id)))
                    .isEqualTo(Map.of(
                            "coherence-reason", "revise",
                            "coherence-source", "test",
                            "coherence-listed", String.valueOf(theirs)));
        }
    }
}
