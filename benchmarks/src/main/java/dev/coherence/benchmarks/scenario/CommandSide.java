package dev.coherence.benchmarks.scenario;

import dev.coherence.benchmarks.application.Application;
import dev.coherence.benchmarks.application.Database;
import dev.coherence.benchmarks.application.Shelf;
import dev.coherence.benchmarks.book.Detail;
import dev.coherence.benchmarks.book.RestockBook;
import dev.coherence.benchmarks.book.ReviseBook;
import dev.coherence.benchmarks.measure.Clients;
import dev.coherence.benchmarks.measure.Contestant;
import java.util.List;
import java.util.function.Consumer;

/**
 * An application on a database of its own that gets the commands of one case.
 *
 * <p>Each book has the versions 0 to {@value #LAST_VERSION}, which changed its stock. The last of them came by a command of
 * the same case, so that the measured ones are not the first that look at the book. These change one detail after another;
 * so each of them is disjoint from all events before it.
 */
final class CommandSide implements Contestant, AutoCloseable {

    private static final int LAST_VERSION = 10;
    private static final Detail[] DETAILS = Detail.values();

    private final CommandCase commands;
    private final Database database;
    private final Application application;
    private final Clients clients;
    private final int booksPerSlice;
    private List<String> books = List.of();
    private long position;

    CommandSide(CommandCase commands, Database database, Clients clients, int booksPerSlice) {
        this.commands = commands;
        this.database = database;
        this.application = commands.start(database);
        this.clients = clients;
        this.booksPerSlice = booksPerSlice;
    }

    CommandCase commands() {
        return commands;
    }

    /** Stores the books for so many slices. */
    void prepare(int slices) {
        books = Shelf.isbns(slices * booksPerSlice);
        new Shelf(application).add(books, LAST_VERSION - 1, commands::triggers);
        position = database.lastPosition();
        clients.time(forEach(books, this::restock));
        database.settle();
    }

    @Override
    public double measureSlice() {
        long nanos = clients.time(forEach(takeBooks(), this::reviseEachDetail));
        return booksPerSlice * DETAILS.length / (nanos / 1e9);
    }

    private List<String> takeBooks() {
        List<String> taken = books.subList(0, booksPerSlice);
        books = books.subList(booksPerSlice, books.size());
        return taken;
    }

    private static List<Runnable> forEach(List<String> books, Consumer<String> work) {
        return books.stream().map(isbn -> (Runnable) () -> work.accept(isbn)).toList();
    }

    private void restock(String isbn) {
        application.send(new RestockBook(isbn, commands.base(LAST_VERSION - 1, position), LAST_VERSION));
    }

    private void reviseEachDetail(String isbn) {
        int version = LAST_VERSION;
        for (Detail detail : DETAILS) {
            application.send(
                    new ReviseBook(isbn, commands.base(version - commands.staleBy(), position), detail, "Count Zero"));
            version++;
        }
    }

    @Override
    public void close() {
        application.close();
        database.close();
    }
}
