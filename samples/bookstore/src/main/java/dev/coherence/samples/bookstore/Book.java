package dev.coherence.samples.bookstore;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.axon.annotation.OnConflict;
import dev.coherence.conflict.ConflictPolicy;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * A book as an ordinary Axon aggregate. Its handlers know nothing of conflicts: what the commands say of their base, and
 * what the events say of their patches, is enough. Changes to different fields go together.
 */
@Aggregate
@OnConflict(ConflictPolicy.MERGE)
class Book {

    /** The kind of the aggregate, which is its type in Axon. */
    static final String KIND = "Book";

    /** In which the catalogue shows prices, besides euros. */
    private static final String CURRENCY = "USD";

    @AggregateIdentifier
    @Nullable
    String isbn;

    /** For Axon, which loads books from their events. */
    protected Book() {}

    @CommandHandler
    Book(AddBook command) {
        apply(new BookAdded(command.isbn(), command.title(), command.price(), command.genre(), CURRENCY));
    }

    @CommandHandler
    void handle(ReviseBook command) {
        apply(new BookRevised(
                command.isbn(), command.title(), command.price(), command.genre(), command.withoutGenre(), CURRENCY));
    }

    @EventSourcingHandler
    void on(BookAdded event) {
        isbn = event.isbn();
    }
}
