package dev.coherence.benchmarks.book;

import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.revision.Revision;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Gives a book another stock.
 *
 * @param base what the sender has read; null to say nothing about that, as in plain Axon
 */
public record RestockBook(
        @TargetAggregateIdentifier String isbn,
        @TargetRevision @Nullable Revision base,
        int stock) {}
