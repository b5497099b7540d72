/** The index over Axon's JDBC and JPA event tables, with SQL over tables of its own that lie beside them. */
@NullMarked
package dev.coherence.axon.jdbc;

import org.jspecify.annotations.NullMarked;
