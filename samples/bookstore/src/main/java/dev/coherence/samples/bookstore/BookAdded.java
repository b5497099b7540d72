package dev.coherence.samples.bookstore;

import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.LinkedTo;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A book was added. Title, price and genre are the keys of its patch; the ISBN is the aggregate's identifier.
 *
 * @param currency in which the catalogue shows the price as well: what it shows depends on the rate of this currency. Null
 *     in events that are older than the catalogue
 */
@ActionEvent(reason = "add")
record BookAdded(
        String isbn,
        String title,
        BigDecimal price,
        @Nullable String genre,
        @LinkedTo(Rates.KIND) @Nullable String currency) {}
