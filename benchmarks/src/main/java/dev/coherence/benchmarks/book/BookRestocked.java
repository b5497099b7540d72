package dev.coherence.benchmarks.book;

import dev.coherence.axon.annotation.ActionEvent;

/** Changes the stock only, and so is disjoint from {@link BookRevised}. */
@ActionEvent(reason = "restock")
public record BookRestocked(String isbn, int stock) {}
