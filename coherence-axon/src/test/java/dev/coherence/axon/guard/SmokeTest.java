package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.ResolvedConflicts;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.revision.Revision;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.junit.jupiter.api.Test;

class SmokeTest {
    @ActionEvent(reason = "revise")
    record BookRevised(String isbn, String title, Long price) {}

    record ReviseBook(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base,
            @ResolvedConflicts Set<Long> resolved,
            String title,
            Long price) {}

    static class Book {
        @AggregateIdentifier
        String isbn;

        Book() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(ReviseBook c) {
            apply(new BookRevised(c.isbn(), c.title(), c.price()));
        }

        @EventSourcingHandler
        void on(BookRevised e) {
            isbn = e.isbn();
        }
    }

    @Test
    void works() {
        try (GuardedApplication app =
                GuardedApplication.start(Engine.H2_JDBC, c -> c.configureAggregate(Book.class))) {
            app.commands.sendAndWait(new ReviseBook("1", null, Set.of(), "A", 1L));
            app.commands.sendAndWait(new ReviseBook("1", Revision.of(0, 1), Set.of(), "B", null));
            assertThatThrownBy(() -> app.commands.sendAndWait(
                            new ReviseBook("1", Revision.of(0, 1), Set.of(), "C", null)))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("2 (\"revise\" by \"system:test\")");
            app.commands.sendAndWait(new ReviseBook("1", Revision.of(0, 1), Set.of(2L), "C", null));
            assertThat(app.store.eventStore.readEvents("1", 2).next().getMetaData())
                    .containsEntry("coherence-listed", "2");
        }
    }
}
