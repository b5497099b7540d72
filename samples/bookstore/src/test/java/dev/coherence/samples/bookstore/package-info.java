/** The bookstore as its clients see it, on every database. */
@NullMarked
package dev.coherence.samples.bookstore;

import org.jspecify.annotations.NullMarked;
