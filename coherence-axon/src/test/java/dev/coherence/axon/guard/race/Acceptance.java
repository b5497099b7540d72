package dev.coherence.axon.guard.race;

import static java.util.stream.Collectors.toCollection;

import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.guard.race.Attempt.Part;
import dev.coherence.axon.guard.race.Attempt.Way;
import dev.coherence.axon.guard.race.Findings.Kind;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The judgement of one attempt that was accepted. */
final class Acceptance {

    private final Model model;
    private final Findings findings;
    private final Attempt attempt;
    private final List<Stored> events;

    Acceptance(Model model, Findings findings, Attempt attempt, List<Stored> events) {
        this.model = model;
        this.findings = findings;
        this.attempt = attempt;
        this.events = events;
    }

    void judge() {
        effects();
        for (Part part : attempt.parts()) {
            List<Stored> ours =
                    events.stream().filter(event -> event.isOn(part.target())).toList();
            boolean complete = ours.size() == part.wishes().size();
            findings.expect(complete, attempt, "%s has of it %s", part.target(), ours);
            if (complete) {
                part(part, ours);
            }
        }
        long onParts = events.stream()
                .filter(event -> event.payload() instanceof Change)
                .count();
        long wished =
                attempt.parts().stream().mapToLong(part -> part.wishes().size()).sum();
        findings.expect(onParts == wished, attempt, "other aggregates have of it something in %s", events);
        findings.count(Kind.ACCEPTED_ON_SEVERAL, attempt.parts().size() > 1);
    }

    /** One effect for each trigger and reason that what is stored fires, and no other. */
    private void effects() {
        Set<String> wanted = new TreeSet<>();
        if (attempt.way() == Way.REBASE) {
            wanted.add(attempt.fired() + " " + attempt.id());
        }
        events.forEach(event -> event.firing().ifPresent(wanted::add));
        List<String> found = events.stream()
                .flatMap(event -> event.effect().stream())
                .sorted()
                .toList();
        findings.expect(found.equals(List.copyOf(wanted)), attempt, "fired %s, but the effects are %s", wanted, found);
        findings.count(Kind.FIRED_BY_REBASE, attempt.way() == Way.REBASE);
        findings.count(Kind.FIRED_BY_COMMAND, attempt.way() != Way.REBASE && !found.isEmpty());
    }

    private void part(Part part, List<Stored> ours) {
        Stored first = ours.get(0);
        findings.count(Kind.CREATED, first.version() == 0);
        claims(part, first);
        Optional<Revision> base = part.baseOver(first.version());
        List<Stored> unseen = base.map(b -> unseen(part.target(), b, first)).orElse(List.of());
        SortedSet<Long> listed = unseen.stream()
                .map(Stored::number)
                .filter(part.resolved()::contains)
                .collect(toCollection(TreeSet::new));
        List<Stored> open = unseen.stream()
                .filter(event -> !listed.contains(event.number()))
                .toList();
        Content seen = model.content(part.target(), first.version());
        for (int i = 0; i < ours.size(); i++) {
            Change wished = part.wishes().get(i).event(part.target().id(), seen.toString());
            seen.take(wished);
            Laying laying = new Laying(part, wished, open, () -> model.base(part.target(), base.orElseThrow()));
            event(ours.get(i), laying, listed);
            keptWhatItMerged(part.target(), ours.get(i));
        }
        findings.count(Kind.ACCEPTED_WITHOUT_BASE, part.base() == null);
        findings.count(Kind.ACCEPTED_OVER_NOTHING, part.base() != null && unseen.isEmpty());
        findings.count(Kind.ACCEPTED_BY_LIST, !listed.isEmpty());
    }

    private List<Stored> unseen(Target target, Revision base, Stored first) {
        Set<String> triggers = model.triggers(target, first.version());
        return model.unseen(
                target,
                base,
                first.version(),
                effect -> triggers.contains(effect.trigger())
                        && effect.number() < first.number()
                        && !effect.attempt().equals(attempt.id()));
    }

    /** Nothing that the command says lay in the future. */
    private void claims(Part part, Stored first) {
        part.revision().ifPresent(base -> {
            boolean versionIsKnown = base.version().isEmpty() || base.version().getAsLong() < first.version();
            boolean isOneOfSeveral =
                    attempt.way().sharesBase() && attempt.parts().size() > 1;
            findings.expect(
                    versionIsKnown || (isOneOfSeveral && first.version() == 0), attempt, "its version was ahead");
            findings.expect(base.position().orElse(0) < first.number(), attempt, "its position was ahead");
            findings.expect(
                    base.version().isEmpty() || !isOneOfSeveral || changedExisting() <= 1,
                    attempt,
                    "its version was for several aggregates");
        });
        for (long number : part.resolved()) {
            findings.expect(number < first.number() && model.exists(number), attempt, "%d did not exist", number);
        }
    }

    private long changedExisting() {
        return attempt.parts().stream()
                .filter(part -> events.stream().noneMatch(event -> event.isOn(part.target()) && event.version() == 0))
                .count();
    }

    private void event(Stored stored, Laying laying, SortedSet<Long> listed) {
        findings.expect(laying.conflicts.isEmpty(), attempt, "LOST UPDATE: %s overwrote %s", stored, laying.conflicts);
        findings.expect(stored.payload().equals(laying.ours), attempt, "%s should be %s", stored, laying.ours);
        notes(stored, CoherenceMetaData.LISTED, listed);
        notes(stored, CoherenceMetaData.MARKED, new TreeSet<>());
        notes(stored, CoherenceMetaData.MERGED, laying.merged);
        notes(stored, CoherenceMetaData.ACCEPTED, laying.accepted);
        notes(stored, CoherenceMetaData.REPLACED, laying.replaced);
        findings.count(Kind.ACCEPTED_BY_MERGE, !laying.merged.isEmpty());
        findings.count(Kind.ACCEPTED_BY_HANDLER, !laying.accepted.isEmpty());
        findings.count(Kind.REPLACED_BY_HANDLER, !laying.replaced.isEmpty());
    }

    private void notes(Stored stored, String key, SortedSet<Long> wanted) {
        findings.expect(stored.numbers(key).equals(wanted), attempt, "%s: %s should be %s", stored, key, wanted);
    }

    /** What a merged action left at its paths, and nobody changed after it, is still there after our event. */
    private void keptWhatItMerged(Target target, Stored ours) {
        Content before = model.content(target, ours.version());
        Content after = model.content(target, ours.version() + 1);
        SortedSet<Long> merged = ours.numbers(CoherenceMetaData.MERGED);
        for (Stored theirs : model.actionsOn(target)) {
            if (merged.contains(theirs.number())) {
                for (String path : theirs.change().entries().keySet()) {
                    boolean isKept = before.at(path).equals(after.at(path));
                    findings.expect(
                            isKept || wasChanged(target, path, theirs.version(), ours.version()),
                            attempt,
                            "LOST UPDATE: %s overwrote %s of %s",
                            ours,
                            path,
                            theirs);
                }
            }
        }
    }

    /** Whether somebody changed the path between two versions. */
    private boolean wasChanged(Target target, String path, long after, long before) {
        return model.actionsOn(target).stream()
                .filter(event -> event.version() > after && event.version() < before)
                .anyMatch(event -> event.change().overlaps(path));
    }
}
