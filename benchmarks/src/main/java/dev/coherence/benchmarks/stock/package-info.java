/** A projection of books: how many are in stock, in a table or in memory. */
@NullMarked
package dev.coherence.benchmarks.stock;

import org.jspecify.annotations.NullMarked;
