package dev.coherence.benchmarks.book;

/**
 * Comes in the middle of everything else, and wants to be handled soon.
 *
 * @param at as {@link System#nanoTime()} of this process has it
 */
public record BookSold(String isbn, long at) {}
