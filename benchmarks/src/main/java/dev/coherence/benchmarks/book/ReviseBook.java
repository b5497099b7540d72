package dev.coherence.benchmarks.book;

import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.revision.Revision;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Changes one detail of a book.
 *
 * @param base what the sender has read; null to say nothing about that, as in plain Axon
 */
public record ReviseBook(
        @TargetAggregateIdentifier String isbn,
        @TargetRevision @Nullable Revision base,
        Detail detail,
        String value) {

    BookRevised event() {
        return new BookRevised(
                isbn,
                valueOf(Detail.TITLE),
                valueOf(Detail.AUTHOR),
                valueOf(Detail.GENRE),
                valueOf(Detail.PUBLISHER),
                valueOf(Detail.LANGUAGE));
    }

    private @Nullable String valueOf(Detail other) {
        return detail == other ? value : null;
    }
}
