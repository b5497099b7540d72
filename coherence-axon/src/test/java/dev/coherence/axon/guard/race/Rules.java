package dev.coherence.axon.guard.race;

import dev.coherence.action.Effect;
import dev.coherence.axon.conflict.Resolution;
import dev.coherence.axon.guard.race.Changes.Retired;
import dev.coherence.axon.guard.race.Changes.Revised;
import java.util.Set;

/** What the conflict handlers of {@link Profile} decide; it depends on the two events alone. */
final class Rules {

    /** The id of a key that nothing else links to. */
    static final String KEY_OF_REPLACED = "9";

    private static final Set<String> HARMLESS_KEYS = Set.of("2", "4");

    private Rules() {}

    /** What the handler that fits decides, if one fits. */
    static Resolution decide(Change ours, Object theirs) {
        if (ours instanceof Revised revised && theirs instanceof Revised other) {
            return decide(revised, other);
        } else if (ours instanceof Revised revised && theirs instanceof Effect effect) {
            return decide(revised, effect);
        } else if (ours instanceof Retired retired && theirs instanceof Revised other) {
            return decide(retired, other);
        }
        return Resolution.reject();
    }

    static Resolution decide(Revised ours, Revised theirs) {
        if (ours.a() != null && theirs.a() != null && theirs.a() > ours.a()) { // the greater value wins
            return Resolution.replaceBy(
                    new Revised(ours.id(), theirs.a(), ours.b(), ours.place(), KEY_OF_REPLACED, ours.seen()));
        }
        return theirs.b() != null && theirs.b() == 2 ? Resolution.accept() : Resolution.reject();
    }

    static Resolution decide(Revised ours, Effect theirs) {
        boolean harmless = theirs.trigger().kind().equals(Changes.KEY)
                && HARMLESS_KEYS.contains(theirs.trigger().id());
        return harmless ? Resolution.accept() : Resolution.reject();
    }

    /** A revision comes before the retirement, so that no key is fired. */
    static Resolution decide(Retired ours, Revised theirs) {
        return theirs.b() == null
                ? Resolution.reject()
                : Resolution.replaceBy(new Revised(ours.id(), null, ours.b(), null, null, ours.seen()));
    }
}
