package dev.coherence.samples.bookstore;

import java.math.BigDecimal;

/** What one euro is in another currency. */
record Rate(String currency, BigDecimal rate) {}
