package dev.coherence.benchmarks.application;

import dev.coherence.benchmarks.book.Book;
import dev.coherence.benchmarks.book.BookRegistered;
import dev.coherence.benchmarks.book.BookRestocked;
import dev.coherence.benchmarks.book.BookSold;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/**
 * Puts books with a history into an application: version 0 is the registration, and each later version another stock. The
 * events are published without commands, many in one transaction.
 */
public final class Shelf {

    private static final String TITLE = "Neuromancer";
    private static final int EVENTS_PER_TRANSACTION = 1_000;

    private final Application application;

    /** For books of the application. */
    public Shelf(Application application) {
        this.application = application;
    }

    /**
     * Stores books.
     *
     * @param isbns of the books, each with a history of its own
     * @param lastVersion of each book, from 0
     * @param triggers that a book is linked to, given its place in the list, from 0
     */
    public void add(List<String> isbns, int lastVersion, IntFunction<List<String>> triggers) {
        List<DomainEventMessage<?>> events = new ArrayList<>();
        for (int book = 0; book < isbns.size(); book++) {
            String isbn = isbns.get(book);
            events.add(message(isbn, 0, new BookRegistered(isbn, TITLE, triggers.apply(book))));
            for (int version = 1; version <= lastVersion; version++) {
                events.add(message(isbn, version, new BookRestocked(isbn, version)));
                if (events.size() >= EVENTS_PER_TRANSACTION) {
                    application.publish(events);
                    events = new ArrayList<>();
                }
            }
        }
        if (!events.isEmpty()) {
            application.publish(events);
        }
    }

    /** Stores a snapshot of a book as it was at that version, from 1. */
    public void addSnapshot(String isbn, int version) {
        application.storeSnapshot(message(isbn, version, new Book(isbn, TITLE, version)));
    }

    /** Stores a sale, as the only event of a new book. */
    public void sell(String isbn) {
        application.publish(List.of(message(isbn, 0, new BookSold(isbn, System.nanoTime()))));
    }

    /** Names for so many new books. */
    public static List<String> isbns(int count) {
        return IntStream.range(0, count).mapToObj("978-0-00-%06d"::formatted).toList();
    }

    private static <T> DomainEventMessage<T> message(String isbn, int version, T payload) {
        return new GenericDomainEventMessage<>(Book.TYPE, isbn, version, payload);
    }
}
