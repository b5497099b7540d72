package dev.coherence.axon.index;

import dev.coherence.revision.Revision;

/**
 * A part of the global order: the positions that {@code upTo} sees and {@code after} does not.
 *
 * @param after what is before the part, inclusive; a position, with the gaps below it as unseen, and no version
 * @param upTo the end of the part, inclusive; like {@code after}
 */
public record Span(Revision after, Revision upTo) {

    /** Refuses revisions that are no positions. */
    public Span {
        requirePosition("after", after);
        requirePosition("upTo", upTo);
    }

    private static void requirePosition(String place, Revision revision) {
        if (revision.version().isPresent() || revision.position().isEmpty()) {
            throw new IllegalArgumentException("%s: must be a position, and is %s".formatted(place, revision));
        }
    }
}
