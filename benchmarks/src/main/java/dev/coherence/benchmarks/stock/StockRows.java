package dev.coherence.benchmarks.stock;

/** What the projection shows: a row for each book. Thread-safe, as long as each book is written by one thread at a time. */
public interface StockRows {

    /** Stores the row of a book, in place of an earlier one. */
    void put(String isbn, int stock);

    /** Removes the row of a book. */
    void remove(String isbn);

    /** Removes all rows. */
    void clear();
}
