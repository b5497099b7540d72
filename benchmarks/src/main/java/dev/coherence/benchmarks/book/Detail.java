package dev.coherence.benchmarks.book;

/** One part of the description of a book. Changes to different details are disjoint. */
public enum Detail {
    TITLE,
    AUTHOR,
    GENRE,
    PUBLISHER,
    LANGUAGE
}
