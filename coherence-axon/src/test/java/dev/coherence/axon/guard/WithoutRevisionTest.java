package dev.coherence.axon.guard;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Identity;
import dev.coherence.axon.guard.Book.Pay;
import dev.coherence.axon.guard.Book.Revise;
import dev.coherence.axon.guard.Book.Shelve;
import dev.coherence.axon.guard.Events.BookShelved;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Commands that say nothing of what was read. */
class WithoutRevisionTest extends OnEveryStore {

    record AddShelf(@TargetAggregateIdentifier String isbn) {}

    record UseShelf(@TargetAggregateIdentifier String isbn, String name) {}

    record LinkShelf(@TargetAggregateIdentifier String isbn, String trigger) {}

    /** Nothing of it is annotated by us. */
    static class Shelf {
        @AggregateIdentifier
        String isbn;

        Shelf() {}

        @CommandHandler
        Shelf(AddShelf command) {
            apply(new BookShelved(command.isbn(), "new"));
        }

        @CommandHandler
        void handle(LinkShelf command) {
            apply(new BookShelved(command.isbn(), "linked"), MetaData.with("coherence-triggers", command.trigger()));
        }

        @CommandHandler
        void handle(UseShelf command) {
            apply(new BookShelved(command.isbn(), command.name()), MetaData.with("mine", "kept"));
        }

        @EventSourcingHandler
        void on(BookShelved event) {
            isbn = event.isbn;
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer.configureAggregate(Book.class).configureAggregate(Shelf.class);
    }

    @Nested
    class Events_without_annotations {

        @Test
        void are_stored_as_plain_axon_stores_them() {
            String plain = newId();
            app.withoutGuard(() -> use(plain));
            String guarded = newId();
            use(guarded);

            assertThat(described(guarded)).isEqualTo(described(plain));
            assertThat(last(guarded).getMetaData()).containsEntry("mine", "kept");
        }

        @Test
        void are_not_checked() {
            String id = newId();
            send(new AddShelf(id));
            app.fire(Identity.of("Shelf", id));
            send(new UseShelf(id, "A"));

            assertThat(events(id)).hasSize(2);
        }

        @Test
        void may_name_triggers_in_their_metadata_which_are_locked_then() {
            String id = newId();
            Identity key = Identity.of("key", id);
            send(new AddShelf(id));
            send(new LinkShelf(id, key.toString()));

            assertThat(app.store.index.linkedTriggers(Set.of(Identity.of("Shelf", id))))
                    .containsExactly(key);
            assertThat(ours(last(id)))
                    .isEqualTo(Map.of("coherence-source", "test", "coherence-triggers", key.toString()));
            if (on.locksRows()) {
                assertThat(rows("coherence_trigger WHERE name = '" + key + "'")).isEqualTo(1);
            }
        }

        private void use(String id) {
            send(new AddShelf(id));
            send(new UseShelf(id, "A"));
        }

        /** All of an event that is the same whenever it is stored. */
        private List<List<Object>> described(String id) {
            return events(id).stream()
                    .map(event -> List.<Object>of(
                            event.getType(),
                            event.getSequenceNumber(),
                            ((BookShelved) event.getPayload()).shelf,
                            event.getMetaData().keySet(),
                            event.getMetaData().getOrDefault("mine", "")))
                    .toList();
        }
    }

    @Nested
    class Events_with_annotations {

        @Test
        void are_stored_with_links_reason_and_source() {
            String id = newId();
            String key = newId();
            send(new Pay(id, null, key));

            Identity trigger = Identity.of("key", key);
            assertThat(app.store.index.linkedTriggers(Set.of(Identity.of(Book.KIND, id))))
                    .containsExactly(trigger);
            assertThat(ours(last(id)))
                    .isEqualTo(Map.of(
                            "coherence-reason", "payment",
                            "coherence-source", "test",
                            "coherence-triggers", trigger.toString()));
        }

        @Test
        void tell_identities_of_triggers_that_hold_line_breaks_and_backslashes() {
            String id = newId();
            String key = "DOMAIN\\user\n2 " + id;
            send(new Pay(id, null, key));

            assertThat(app.store.index.linkedTriggers(Set.of(Identity.of(Book.KIND, id))))
                    .containsExactly(Identity.of("key", key));
        }

        @Test
        void are_not_checked() {
            String id = newId();
            send(new Pay(id, null, id));
            app.fire(Identity.of("key", id));
            send(new Revise(id, "Ubik", 5L));

            assertThat(events(id)).hasSize(2);
            assertThat(resolutions(id).isEmpty()).isTrue();
        }

        @Test
        void are_stored_for_identifiers_that_no_identity_can_have() {
            String id = "x".repeat(215) + newId();
            send(new Revise(id, "Ubik", 5L));
            send(new Pay(id, null, newId()));
            assertThat(id).hasSizeBetween(251, 255);
            assertThat(events(id)).hasSize(2);
        }

        @Test
        void keep_payload_and_identity_of_the_message() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));

            assertThat(payloads(id))
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(new Events.BookRevised(id, "Ubik", 5L));
            assertThat(last(id).getType()).isEqualTo(Book.KIND);
            assertThat(last(id).getSequenceNumber()).isZero();
        }
    }

    @Nested
    class With_a_revision {

        @Test
        void events_of_new_aggregates_have_notes_and_no_trace_of_the_command() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L).on(app.head()));

            assertThat(ours(last(id))).isEqualTo(Map.of("coherence-reason", "revise", "coherence-source", "test"));
        }

        @Test
        void events_without_annotations_are_noted_too() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));
            send(new Shelve(id, Revision.ofVersion(0), "A"));

            assertThat(ours(last(id))).isEqualTo(Map.of("coherence-source", "test"));
        }
    }

    @Nested
    class The_actor {

        @Test
        void of_the_command_is_noted_with_its_events() {
            String id = newId();
            app.send(new Revise(id, "Ubik", 5L), MetaData.with("coherence-actor", "user:bob"));

            assertThat(last(id).getMetaData()).containsEntry("coherence-actor", "user:bob");
            assertThat(app.store.index.actions(Identity.of(Book.KIND, id)))
                    .extracting(action -> action.action().actor())
                    .containsExactly(Identity.of("user", "bob"));
        }
    }

    /** The metadata that coherence wrote. */
    static Map<String, Object> ours(DomainEventMessage<?> event) {
        return event.getMetaData().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("coherence-"))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
