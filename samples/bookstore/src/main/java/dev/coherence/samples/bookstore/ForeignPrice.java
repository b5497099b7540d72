package dev.coherence.samples.bookstore;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A price in another currency.
 *
 * @param rate what one euro was when the price was converted
 * @param price rounded to cents
 */
record ForeignPrice(String currency, BigDecimal rate, BigDecimal price) {

    static ForeignPrice of(BigDecimal euros, Rate rate) {
        return new ForeignPrice(
                rate.currency(), rate.rate(), euros.multiply(rate.rate()).setScale(2, RoundingMode.HALF_UP));
    }
}
