/**
 * The tracking token that carries a replay: how far a segment has come with live events, and with replays of aggregates.
 *
 * <p>It has two <em>lanes</em>. The live lane is Axon's own token. The other one says which replays are done: all for the effects
 * up to {@code done}, and, for those up to the end of the present <em>window</em>, those of the aggregates up to the
 * <em>cursor</em>. A <em>marker</em> is the message of a stream which says that it is the turn of an aggregate.
 */
@NullMarked
package dev.coherence.axon.token;

import org.jspecify.annotations.NullMarked;
