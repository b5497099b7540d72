package dev.coherence.axon.index;

/**
 * How far a build or a verification is.
 *
 * @param position up to which position in the global order events were read, inclusive
 * @param target up to which position they are to be read, inclusive
 * @param eventsRead how many this call has read
 */
public record BuildProgress(long position, long target, long eventsRead) {}
