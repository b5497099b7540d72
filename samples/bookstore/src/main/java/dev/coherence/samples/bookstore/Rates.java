package dev.coherence.samples.bookstore;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.effect.Effects;
import dev.coherence.axon.effect.FireResult;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The rates of other currencies. Each is a trigger, to which books are linked whose prices are shown in that currency. */
@Service
class Rates {

    /** The kind of the trigger; its id is the currency. */
    static final String KIND = "rate";

    private static final String SELECT = "select currency, rate from rate where currency = :currency";

    private final JdbcClient jdbc;
    private final Effects effects;

    Rates(JdbcClient jdbc, Effects effects) {
        this.jdbc = jdbc;
        this.effects = effects;
    }

    Optional<Rate> rate(String currency) {
        return rate(SELECT, currency);
    }

    private Optional<Rate> rate(String select, String currency) {
        return jdbc.sql(select).param("currency", currency).query(Rate.class).optional();
    }

    /**
     * Changes a rate and fires the effect that says so, in one transaction: whoever comes to the effect finds the new rate.
     *
     * @param key of the request; one with a key that was used before for this currency changes nothing
     * @return the rate as it is now; nothing if there is no such currency
     */
    @Transactional
    Optional<Rate> change(Rate changed, Optional<String> key) {
        // Of several requests at the same moment, one after the other sees what it finds.
        Optional<Rate> before = rate(SELECT + " for update", changed.currency());
        if (before.isEmpty() || (key.isEmpty() && before.get().rate().compareTo(changed.rate()) == 0)) {
            return before;
        }
        if (fire(changed.currency(), key) instanceof FireResult.FiredBefore) {
            return before;
        }
        update(changed);
        return Optional.of(changed);
    }

    private FireResult fire(String currency, Optional<String> key) {
        Effect effect = new Effect("rate-changed", Identity.of(KIND, currency));
        return key.map(text -> effects.fire(effect, "rate-changed " + currency + " " + text))
                .orElseGet(() -> effects.fire(effect));
    }

    private void update(Rate changed) {
        jdbc.sql("update rate set rate = :rate where currency = :currency")
                .param("rate", changed.rate())
                .param("currency", changed.currency())
                .update();
    }
}
