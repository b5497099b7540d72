package dev.coherence.spring.boot.jpa;

/**
 * The name of a sequence.
 *
 * @param inSql as it stands in SQL: with schema and quotes where there are any
 * @param text its last part, without quotes
 */
record SequenceName(String inSql, String text) {}
