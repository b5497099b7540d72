package dev.coherence.axon.payload;

import dev.coherence.action.Patch;
import dev.coherence.axon.event.Patching;
import dev.coherence.value.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Reads what an event changes. Immutable, hence thread-safe. */
@FunctionalInterface
interface PatchReader {

    /** Of events that request effects and nothing else. */
    PatchReader NOTHING = (event, own, walk) -> Patch.nothing();

    /** Of events that do not say what they change. */
    PatchReader EVERYTHING = (event, own, walk) -> Patch.everything();

    /** Of events that say it themselves. */
    PatchReader WHAT_IT_SAYS = (event, own, walk) -> said((Patching) event);

    /**
     * Reads the patch.
     *
     * @throws InvalidInputException naming class and member, if the event holds something that cannot be in a patch
     */
    Patch read(Object event, OwnIdentifier own, Walk walk);

    private static Patch said(Patching event) {
        @Nullable Patch patch = event.patch(); // from an application, which may not keep to what is declared
        if (patch == null) {
            throw new InvalidInputException(
                    event.getClass().getTypeName() + ".patch()",
                    "returned null; for an event that changes nothing, return Patch.nothing()");
        }
        return patch;
    }
}
