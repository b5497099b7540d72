package dev.coherence.benchmarks.book;

import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.LinkedTo;
import java.util.List;

/** The first event of a book; it links the book to triggers. */
@ActionEvent(reason = "register")
public record BookRegistered(
        String isbn,
        String title,
        @LinkedTo("encryption-key") List<String> keys) {

    /** Copies the keys. */
    public BookRegistered {
        keys = List.copyOf(keys);
    }
}
