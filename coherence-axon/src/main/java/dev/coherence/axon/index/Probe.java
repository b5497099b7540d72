package dev.coherence.axon.index;

/**
 * A short look at the store, on behalf of one aggregate and one base.
 *
 * @param lastNumber the highest visible sequence number; 0 if there is none
 * @param unseenEffects whether there is an effect on the aggregate's identity, or on a trigger that it is linked to, that
 *     the base does not see; never with a base that has no position
 */
public record Probe(long lastNumber, boolean unseenEffects) {}
