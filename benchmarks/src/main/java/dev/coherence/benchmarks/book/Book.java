package dev.coherence.benchmarks.book;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** An ordinary event-sourced aggregate: nothing in its handlers knows of coherence. */
public final class Book {

    /** Its type in Axon's event store, and so its kind. */
    public static final String TYPE = "Book";

    @AggregateIdentifier
    private @Nullable String isbn;

    private @Nullable String title;
    private int stock;

    /** For Axon, which fills it from events or from a snapshot. */
    Book() {}

    /** A book as it is after its first events, to be stored as a snapshot. */
    public Book(String isbn, String title, int stock) {
        this.isbn = isbn;
        this.title = title;
        this.stock = stock;
    }

    @CommandHandler
    void handle(ReviseBook command) {
        apply(command.event());
    }

    @CommandHandler
    void handle(RestockBook command) {
        apply(new BookRestocked(command.isbn(), command.stock()));
    }

    @EventSourcingHandler
    void on(BookRegistered event) {
        isbn = event.isbn();
        title = event.title();
    }

    @EventSourcingHandler
    void on(BookRevised event) {
        if (event.title() != null) {
            title = event.title();
        }
    }

    @EventSourcingHandler
    void on(BookRestocked event) {
        stock = event.stock();
    }

    @Override
    public String toString() {
        return "%s %s, %d in stock".formatted(isbn, title, stock);
    }
}
