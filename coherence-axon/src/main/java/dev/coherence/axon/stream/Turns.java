package dev.coherence.axon.stream;

/** Whose turn it is, the replay's or the live events', while both have something. For one thread. */
final class Turns {

    private final double share;
    private double credit;

    /**
     * @param share which part of the turns is the replay's, from 0 to 1
     */
    Turns(double share) {
        this.share = share;
    }

    /** Whether live events never have a turn while the replay has something. */
    boolean areAllForReplay() {
        return share >= 1;
    }

    /** Whether this turn is the replay's. */
    boolean nextIsReplay() {
        credit += share;
        if (credit < 1) {
            return false;
        }
        credit -= 1;
        return true;
    }
}
