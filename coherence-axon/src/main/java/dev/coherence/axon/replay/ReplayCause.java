package dev.coherence.axon.replay;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.RecordedEffect;
import dev.coherence.axon.event.ReplayRequested;

/** Why an aggregate is replayed. */
public sealed interface ReplayCause {

    /** Returns the sequence number of the event that is the cause. */
    long sequenceNumber();

    /** Returns the reason that the event names. */
    String reason();

    /** An effect fired a trigger that the aggregate had been linked to, or the aggregate itself. */
    record Fired(RecordedEffect effect) implements ReplayCause {

        /** Refuses null. */
        public Fired {
            requireNonNull(effect, "effect");
        }

        @Override
        public long sequenceNumber() {
            return effect.sequenceNumber();
        }

        @Override
        public String reason() {
            return effect.effect().reason();
        }
    }

    /** Somebody asked for it. */
    record Requested(long sequenceNumber, ReplayRequested request) implements ReplayCause {

        /** Refuses null. */
        public Requested {
            requireNonNull(request, "request");
        }

        @Override
        public String reason() {
            return request.reason();
        }
    }
}
