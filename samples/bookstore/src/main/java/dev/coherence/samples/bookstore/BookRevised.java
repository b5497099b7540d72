package dev.coherence.samples.bookstore;

import dev.coherence.action.Patch;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.event.Patching;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Some fields of a book were changed. It says itself what its patch is, because a component of a record cannot say that a
 * path is removed.
 *
 * @param currency as in {@link BookAdded}
 */
@ActionEvent(reason = "revise")
record BookRevised(
        String isbn,
        @Nullable String title,
        @Nullable BigDecimal price,
        @Nullable String genre,
        boolean withoutGenre,
        @LinkedTo(Rates.KIND) @Nullable String currency)
        implements Patching {

    @Override
    public Patch patch() {
        Patch.Builder patch = Patch.builder();
        if (title != null) {
            patch.assoc("title", title);
        }
        if (price != null) {
            patch.assoc("price", price);
        }
        if (genre != null) {
            patch.assoc("genre", genre);
        }
        if (withoutGenre) {
            patch.dissoc("genre");
        }
        return patch.build();
    }
}
