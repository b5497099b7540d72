package dev.coherence.samples.bookstore;

import java.math.BigDecimal;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Adds a book that is not there yet. */
record AddBook(
        @TargetAggregateIdentifier String isbn,
        String title,
        BigDecimal price,
        @Nullable String genre) {}
