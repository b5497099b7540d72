package dev.coherence.samples.bookstore;

import dev.coherence.axon.annotation.ResolvedConflicts;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.revision.Revision;
import java.math.BigDecimal;
import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Changes some fields of a book.
 *
 * @param base what the client had read
 * @param resolved the numbers of events that the client has not read with the book, but knows of and accepts
 * @param title null if it stays as it is, and so the price and the genre
 * @param withoutGenre whether the genre is removed
 */
record ReviseBook(
        @TargetAggregateIdentifier String isbn,
        @TargetRevision Revision base,
        @ResolvedConflicts Set<Long> resolved,
        @Nullable String title,
        @Nullable BigDecimal price,
        @Nullable String genre,
        boolean withoutGenre) {}
