package dev.coherence.axon.guard.race;

import static java.util.stream.Collectors.toSet;

import dev.coherence.axon.guard.race.Attempt.Part;
import dev.coherence.axon.guard.race.Attempt.Reported;
import dev.coherence.axon.guard.race.Findings.Kind;
import dev.coherence.revision.Revision;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The judgement of one attempt that was refused. At which moment it was refused nobody knows; but what was visible before it
 * was visible then, and what had no number after it was not.
 */
final class Refusal {

    private final Model model;
    private final Findings findings;
    private final Attempt attempt;
    private final Revision before;

    Refusal(Model model, Findings findings, Attempt attempt) {
        this.model = model;
        this.findings = findings;
        this.attempt = attempt;
        this.before = Revision.parse(attempt.before());
    }

    void judgeConflict() {
        boolean early = attempt.conflicts().stream().anyMatch(conflict -> conflict.ourVersion() == null);
        Set<String> reportedOf =
                attempt.conflicts().stream().map(Reported::aggregate).collect(toSet());
        findings.expect(!reportedOf.isEmpty(), attempt, "nothing was reported");
        for (Part part : attempt.parts()) {
            // The handler of another aggregate may not have run; of several bases, one is reported.
            boolean mayBeUnreported = early || !attempt.way().sharesBase();
            if (reportedOf.remove(part.target().toString()) || !mayBeUnreported) {
                Set<Reported> reported = attempt.conflicts().stream()
                        .filter(conflict ->
                                conflict.aggregate().equals(part.target().toString()))
                        .collect(toSet());
                findings.expect(isJustified(part, reported, early), attempt, "UNJUSTIFIED: %s", part.target());
            }
        }
        findings.expect(reportedOf.isEmpty(), attempt, "reported of %s, which it does not touch", reportedOf);
        countConflict(early);
    }

    private void countConflict(boolean early) {
        Set<Long> theirs = attempt.conflicts().stream().map(Reported::theirs).collect(toSet());
        long effects = model.effects().stream()
                .filter(event -> theirs.contains(event.number()))
                .count();
        findings.count(Kind.CONFLICT_WITH_EFFECT, effects > 0);
        findings.count(Kind.CONFLICT_WITH_ACTION, effects < theirs.size());
        findings.count(Kind.CONFLICT_OF_SEVERAL, attempt.parts().size() > 1);
        findings.count(Kind.CONFLICT_BEFORE_HANDLER, early);
    }

    /**
     * Whether there was a moment at which exactly this was in conflict. Of the actions on the aggregate, a number of first
     * ones was visible then. Of the effects, those have to be reported that were visible before, and no others can be than
     * those that were stored after it: what is not locked may come to light in any order.
     */
    private boolean isJustified(Part part, Set<Reported> reported, boolean early) {
        long most = visible(part.target(), this::mayBeVisible);
        for (long actions = visible(part.target(), before::seesNumber); actions <= most; actions++) {
            Optional<Revision> base = part.baseOver(actions);
            if (base.isEmpty() ? reported.isEmpty() : isJustified(part, base.get(), reported, actions, most, early)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBeVisible(long number) {
        return number <= attempt.after();
    }

    private long visible(Target target, LongPredicate isVisible) {
        return model.actionsOn(target).stream()
                .filter(action -> isVisible.test(action.number()))
                .count();
    }

    private boolean isJustified(
            Part part, Revision base, Set<Reported> reported, long actions, long most, boolean early) {
        List<Stored> must = open(part, base, actions, model.triggers(part.target(), actions), before::seesNumber);
        List<Stored> may = open(part, base, actions, model.triggers(part.target(), most), this::mayBeVisible);
        if (early) {
            boolean wasCertain = part.strict() && !part.target().hasHandlers();
            return wasCertain && early(part, may).containsAll(reported) && reported.containsAll(early(part, must));
        }
        for (long first : possibleFirstVersions(part, reported, actions)) {
            if (conflicts(part, base, may, first).containsAll(reported)
                    && reported.containsAll(conflicts(part, base, must, first))) {
                return true;
            }
        }
        return false;
    }

    private List<Stored> open(Part part, Revision base, long actions, Set<String> triggers, LongPredicate isVisible) {
        return model
                .unseen(
                        part.target(),
                        base,
                        actions,
                        effect -> triggers.contains(effect.trigger()) && isVisible.test(effect.number()))
                .stream()
                .filter(event -> !part.resolved().contains(event.number()))
                .toList();
    }

    private static Set<Reported> early(Part part, List<Stored> open) {
        return open.stream()
                .map(event -> reported(part, null, event.number(), Map.of()))
                .collect(toSet());
    }

    private Set<Reported> conflicts(Part part, Revision base, List<Stored> open, long firstVersion) {
        Set<Reported> conflicts = new HashSet<>();
        for (int i = 0; i < part.wishes().size(); i++) {
            Change wished = part.wishes().get(i).event(part.target().id(), "");
            long ourVersion = firstVersion + i;
            new Laying(part, wished, open, () -> model.base(part.target(), base))
                    .conflicts.forEach(
                            (theirs, disputes) -> conflicts.add(reported(part, ourVersion, theirs, disputes)));
        }
        return conflicts;
    }

    private static Reported reported(
            Part part, @Nullable Long ourVersion, long theirs, Map<String, List<@Nullable String>> disputes) {
        return new Reported(part.target().toString(), ourVersion, theirs, disputes);
    }

    /** The version that our first event would have had: that which follows the visible ones, or, from a cache, older ones. */
    private static Set<Long> possibleFirstVersions(Part part, Set<Reported> reported, long actions) {
        if (!part.target().hasCache() || reported.isEmpty()) {
            return Set.of(actions);
        }
        long first = Collections.min(reported.stream().map(Reported::ourVersion).toList());
        Set<Long> possible = new HashSet<>();
        for (int i = 0; i < part.wishes().size(); i++) {
            possible.add(Math.min(first - i, actions));
        }
        return possible;
    }

    void judgeInvalid() {
        String problem = String.valueOf(attempt.problem());
        if (problem.contains("is ahead of the event store")) {
            invalid(
                    Kind.INVALID_POSITION,
                    anyBase(base ->
                            base.position().orElse(0) > before.position().orElse(0)));
        } else if (problem.contains("has a version, which belongs to one aggregate")) {
            invalid(Kind.INVALID_FOR_SEVERAL, attempt.way().sharesBase() && existing() > 1);
        } else if (problem.contains("is ahead of") || problem.contains("does not exist yet")) {
            invalid(Kind.INVALID_VERSION, attempt.parts().stream().anyMatch(this::versionWasAhead));
        } else if (problem.contains("as resolved, but there is no event with such a number")) {
            invalid(
                    Kind.INVALID_NUMBERS,
                    attempt.parts().stream()
                            .flatMap(part -> part.resolved().stream())
                            .anyMatch(number -> !before.seesNumber(number)));
        } else {
            findings.expect(false, attempt, "UNJUSTIFIED: an unknown problem");
        }
    }

    private void invalid(Kind kind, boolean justified) {
        findings.count(kind, true);
        findings.expect(justified, attempt, "UNJUSTIFIED: %s", kind);
    }

    private boolean anyBase(Predicate<Revision> test) {
        return attempt.parts().stream()
                .flatMap(part -> part.revision().stream())
                .anyMatch(test);
    }

    private long existing() {
        return attempt.parts().stream()
                .filter(part -> visible(part.target(), this::mayBeVisible) > 0)
                .count();
    }

    private boolean versionWasAhead(Part part) {
        long least = visible(part.target(), before::seesNumber);
        return part.revision()
                .filter(base -> base.version().orElse(-1) >= least)
                .isPresent();
    }
}
