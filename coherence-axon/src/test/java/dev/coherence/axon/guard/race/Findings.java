package dev.coherence.axon.guard.race;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a judge has found. */
final class Findings {

    /** What a race has to contain to prove something. */
    enum Kind {
        ACCEPTED_WITHOUT_BASE,
        ACCEPTED_OVER_NOTHING,
        ACCEPTED_BY_MERGE,
        ACCEPTED_BY_LIST,
        ACCEPTED_BY_HANDLER,
        REPLACED_BY_HANDLER,
        ACCEPTED_ON_SEVERAL,
        CREATED,
        FIRED_BY_COMMAND,
        FIRED_BY_REBASE,
        CONFLICT_WITH_ACTION,
        CONFLICT_WITH_EFFECT,
        CONFLICT_OF_SEVERAL,
        CONFLICT_BEFORE_HANDLER,
        INVALID_VERSION,
        INVALID_POSITION,
        INVALID_NUMBERS,
        INVALID_FOR_SEVERAL,
        LOST_RACE
    }

    final List<String> complaints = new ArrayList<>();
    final Map<Kind, Integer> tally = new EnumMap<>(Kind.class);

    @SuppressWarnings("AnnotateFormatMethod")
    void expect(boolean condition, Object where, String complaint, Object... values) {
        if (!condition) {
            complaints.add("%s%n    in %s".formatted(complaint.formatted(values), where));
        }
    }

    void count(Kind kind, boolean happened) {
        if (happened) {
            tally.merge(kind, 1, Integer::sum);
        }
    }
}
