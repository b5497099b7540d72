package dev.coherence.axon.guard.race;

import java.util.Random;

/** An aggregate of the race. */
record Target(String kind, String id) implements Comparable<Target> {

    static final String ARTICLE = "Article";
    static final String PROFILE = "Profile";
    private static final int BUSY = 5;
    private static final int QUIET = 40;

    /** Mostly one of few; now and then one of many, which may not exist yet. */
    static Target random(Random random) {
        int number = random.nextInt(100) < 94 ? random.nextInt(BUSY) : BUSY + random.nextInt(QUIET);
        return number % 2 == 0 ? new Target(ARTICLE, "a" + number) : new Target(PROFILE, "p" + number);
    }

    boolean hasHandlers() {
        return kind.equals(PROFILE);
    }

    boolean hasCache() {
        return kind.equals(PROFILE);
    }

    /** Whether commands that say nothing about it are strict. */
    boolean isStrict() {
        return kind.equals(ARTICLE);
    }

    @Override
    public int compareTo(Target other) {
        return toString().compareTo(other.toString());
    }

    /** As identities are printed. */
    @Override
    public String toString() {
        return kind + ":" + id;
    }
}
