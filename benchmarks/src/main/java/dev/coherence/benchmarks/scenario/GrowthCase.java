package dev.coherence.benchmarks.scenario;

import dev.coherence.benchmarks.book.Detail;
import dev.coherence.benchmarks.book.RestockBook;
import dev.coherence.benchmarks.book.ReviseBook;

/** What a command of the scenario {@link ConflictCheckGrowth} says to an aged book. */
enum GrowthCase {
    NO_REVISION("no revision"),
    CURRENT("current revision"),
    STALE("stale by 10 disjoint events (merge)"),
    DISPUTED("dispute reported, its base folded");

    private final String description;

    GrowthCase(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }

    Object command(AgedBook book) {
        return switch (this) {
            case NO_REVISION -> new ReviseBook(book.isbn(), null, Detail.TITLE, "Count Zero");
            case CURRENT -> new ReviseBook(book.isbn(), book.current(), Detail.TITLE, "Count Zero");
            case STALE -> new ReviseBook(book.isbn(), book.stale(), Detail.TITLE, "Count Zero");
            case DISPUTED -> new RestockBook(book.isbn(), book.stale(), 42);
        };
    }
}
