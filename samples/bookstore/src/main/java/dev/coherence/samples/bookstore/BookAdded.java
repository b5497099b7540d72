package dev.coherence.samples.bookstore;

import dev.coherence.axon.annotation.ActionEvent;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A book was added. Title, price and genre are the keys of its patch; the ISBN is the aggregate's identifier. */
@ActionEvent(reason = "add")
record BookAdded(
        String isbn,
        String title,
        BigDecimal price,
        @Nullable String genre) {}
