package dev.coherence.axon.guard.race;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a writer did and what came of it; one line of its output.
 *
 * @param id the identifier of the command, which Axon puts into the metadata of its events; or the reason of an effect
 * @param parts what was to be changed; of those of one base, each has that base
 * @param fired the trigger of an attempt that only fires
 * @param before a revision that covers what was visible before the attempt
 * @param after the highest number that was visible after it
 * @param problem the message of a failure
 * @param conflicts what was reported
 */
record Attempt(
        String id,
        Way way,
        List<Part> parts,
        @Nullable String fired,
        String before,
        long after,
        Outcome outcome,
        @Nullable String problem,
        List<Reported> conflicts) {

    private static final ObjectMapper JSON = new ObjectMapper();

    enum Way {
        /** A command to an aggregate. */
        ALONE,
        /** A command whose handler loads several aggregates. */
        TOGETHER,
        /** A command whose handler sends a command without a revision to each aggregate. */
        NESTED,
        /** A command without a revision whose handler sends one with a revision to each aggregate. */
        SEPARATE,
        /** A command whose handler publishes an event that fires a key. */
        PUBLISH,
        /** An effect by a rebase. */
        REBASE;

        /** Whether the parts are checked against one base. */
        boolean sharesBase() {
            return this != SEPARATE;
        }
    }

    enum Outcome {
        ACCEPTED,
        CONFLICT,
        INVALID,
        LOST,
        FAILED
    }

    /** The change of one aggregate. A part without a base lists nothing as resolved. */
    record Part(
            Target target,
            @Nullable String base,
            List<Long> resolved,
            @Nullable String policy,
            List<Wish> wishes) {

        boolean strict() {
            return policy == null ? target.isStrict() : policy.equals("strict");
        }

        Optional<Revision> revision() {
            return Optional.ofNullable(base).map(Revision::parse);
        }

        /** What of the base is about an aggregate with so many actions: of a new one, the position only. */
        Optional<Revision> baseOver(long actions) {
            return revision()
                    .filter(revision -> actions > 0 || revision.position().isPresent())
                    .map(revision -> actions > 0 ? revision : revision.withoutVersion());
        }

        Part resolving(List<Long> numbers) {
            return new Part(target, base, numbers, policy, wishes);
        }
    }

    /**
     * A conflict.
     *
     * @param ourVersion that our event would have had; nothing if the handler did not run
     * @param disputes for each path its base value, our value and their value, as JSON
     */
    record Reported(
            String aggregate, @Nullable Long ourVersion, long theirs, Map<String, List<@Nullable String>> disputes) {}

    String line() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Attempt parse(String line) {
        try {
            return JSON.readValue(line, Attempt.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(line, e);
        }
    }
}
