/** The tracking token that carries a replay: how far a segment has come with live events, and with replays of aggregates. */
@NullMarked
package dev.coherence.axon.token;

import org.jspecify.annotations.NullMarked;
