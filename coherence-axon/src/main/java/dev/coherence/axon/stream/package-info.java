/** The stream of a processor in which the orders to replay aggregates stand between the live events. */
@NullMarked
package dev.coherence.axon.stream;

import org.jspecify.annotations.NullMarked;
