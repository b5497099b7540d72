/** Lets the serializers that Axon uses write and read revisions in commands and queries, and reports of conflicts. */
@NullMarked
package dev.coherence.axon.serialization;

import org.jspecify.annotations.NullMarked;
