package dev.coherence.samples.bookstore;

import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.replay.AggregateReset;
import dev.coherence.revision.Revision;
import java.math.BigDecimal;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps the catalogue. What it shows depends on more than the events: on the rates. When one has changed, an effect on the
 * trigger {@code rate:USD} says so, and each book that is linked to it is reset and handled again, with the new rate.
 */
@Component
@ProcessingGroup("catalogue")
@ReplayOnEffect
class CatalogueProjection {

    private final Catalogue catalogue;
    private final Rates rates;

    CatalogueProjection(Catalogue catalogue, Rates rates) {
        this.catalogue = catalogue;
        this.rates = rates;
    }

    @EventHandler
    void on(BookAdded event, Revision revision) {
        ForeignPrice foreign = foreign(event.price(), event.currency());
        catalogue.add(new CatalogueEntry(event.isbn(), event.title(), event.genre(), event.price(), foreign, revision));
    }

    @EventHandler
    void on(BookRevised event, Revision revision) {
        CatalogueEntry before = catalogue.entry(event.isbn()).orElseThrow();
        BigDecimal price = Optional.ofNullable(event.price()).orElse(before.price());
        catalogue.change(new CatalogueEntry(
                event.isbn(),
                Optional.ofNullable(event.title()).orElse(before.title()),
                event.withoutGenre() ? null : Optional.ofNullable(event.genre()).orElse(before.genre()),
                price,
                foreign(price, event.currency()),
                revision));
    }

    private @Nullable ForeignPrice foreign(BigDecimal price, @Nullable String currency) {
        return Optional.ofNullable(currency)
                .flatMap(rates::rate)
                .map(rate -> ForeignPrice.of(price, rate))
                .orElse(null);
    }

    /** Before one book is replayed. */
    @AggregateResetHandler
    void reset(AggregateReset reset) {
        catalogue.remove(reset.aggregateIdentifier());
    }

    /** Before everything is handled again, in a reset of Axon's. */
    @ResetHandler
    void resetAll() {
        catalogue.removeAll();
    }
}
