package dev.coherence.benchmarks.book;

import dev.coherence.axon.annotation.ActionEvent;
import org.jspecify.annotations.Nullable;

/** Changes some details, those that are not null, and never the stock. */
@ActionEvent(reason = "revise")
public record BookRevised(
        String isbn,
        @Nullable String title,
        @Nullable String author,
        @Nullable String genre,
        @Nullable String publisher,
        @Nullable String language) {}
