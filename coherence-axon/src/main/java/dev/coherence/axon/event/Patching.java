package dev.coherence.axon.event;

import dev.coherence.action.Patch;

/**
 * An event of an annotated aggregate that says itself what it changes. Needed to remove paths, and wherever components do
 * not stand for keys.
 */
public interface Patching {

    /**
     * Returns what this event changes; {@link Patch#nothing()} and {@link Patch#everything()} are possible. The same for
     * as long as the event lives, since it is asked again whenever the event is compared with others.
     */
    Patch patch();
}
