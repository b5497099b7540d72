package dev.coherence.samples.bookstore;

import dev.coherence.revision.Revision;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue shows of a book.
 *
 * @param price in euros, as the events have it
 * @param foreign the price in the other currency; null for a book that has none yet
 * @param revision what had been seen of the book when this was written, and so the base of a change to the book by somebody
 *     who has seen this
 */
record CatalogueEntry(
        String isbn,
        String title,
        @Nullable String genre,
        BigDecimal price,
        @Nullable ForeignPrice foreign,
        Revision revision) {}
