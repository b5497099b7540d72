/** The index that fits the storage engine of the application, and the tables that it needs. */
@NullMarked
package dev.coherence.spring.boot.store;

import org.jspecify.annotations.NullMarked;
