package dev.coherence.axon.guard.race;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.conflict.Resolution;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.guard.race.Attempt.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One event of ours, laid on what nobody has resolved: what has to come of it. */
final class Laying {

    private final boolean strict;
    private final List<Stored> open;
    private final Supplier<Content> base;

    final SortedSet<Long> merged = new TreeSet<>();
    final SortedSet<Long> accepted = new TreeSet<>();
    final SortedSet<Long> replaced = new TreeSet<>();
    /** By the numbers of theirs; for each path in dispute the base value, our value and their value. */
    SortedMap<Long, Map<String, List<@Nullable String>>> conflicts = new TreeMap<>();

    Change ours;

    Laying(Part part, Change ours, List<Stored> open, Supplier<Content> base) {
        this.strict = part.strict();
        this.ours = ours;
        this.open = open;
        this.base = base;
        SortedSet<Long> rejected = new TreeSet<>();
        do {
            conflicts = conflicts();
        } while (part.target().hasHandlers() && settleOneRound(rejected));
        for (Stored theirs : left()) {
            if (!conflicts.containsKey(theirs.number())) {
                merged.add(theirs.number());
            }
        }
    }

    private List<Stored> left() {
        return open.stream()
                .filter(event -> !accepted.contains(event.number()) && !replaced.contains(event.number()))
                .toList();
    }

    /** Asks the handlers; returns whether something has changed. */
    private boolean settleOneRound(SortedSet<Long> rejected) {
        int settled = accepted.size();
        for (Stored theirs : left()) {
            if (conflicts.containsKey(theirs.number()) && !rejected.contains(theirs.number())) {
                Resolution resolution = Rules.decide(ours, payload(theirs));
                if (resolution instanceof Resolution.Replace replacement) {
                    accepted.clear(); // the handlers are asked anew about another event
                    rejected.clear();
                    replaced.add(theirs.number());
                    ours = (Change) replacement.event();
                    return true;
                } else if (resolution instanceof Resolution.Accept) {
                    accepted.add(theirs.number());
                } else {
                    rejected.add(theirs.number());
                }
            }
        }
        return accepted.size() > settled;
    }

    private static Object payload(Stored theirs) {
        return theirs.payload() instanceof EffectFired
                ? new Effect("any", Identity.parse(theirs.trigger()))
                : theirs.payload();
    }

    private SortedMap<Long, Map<String, List<@Nullable String>>> conflicts() {
        SortedMap<Long, Map<String, List<@Nullable String>>> found = new TreeMap<>();
        List<Stored> left = left();
        for (Stored theirs : left) {
            if (strict || conflictsAsSuch(theirs)) {
                found.put(theirs.number(), new TreeMap<>());
            }
        }
        ours.entries().forEach((path, value) -> {
            List<Stored> touching = touching(path, left);
            Optional<String> ourValue = value.map(String::valueOf);
            if (!touching.isEmpty() && !after(left).at(path).equals(ourValue)) {
                List<@Nullable String> values = Arrays.asList(
                        base.get().at(path).orElse(null),
                        ourValue.orElse(null),
                        after(left).at(path).orElse(null));
                touching.forEach(theirs -> found.computeIfAbsent(theirs.number(), n -> new TreeMap<>())
                        .put(path, values));
            }
        });
        return found;
    }

    private boolean conflictsAsSuch(Stored theirs) {
        return theirs.isEffect()
                || (ours.touchesEverything() && !theirs.change().touchesNothing())
                || (theirs.change().touchesEverything() && !ours.touchesNothing());
    }

    private static List<Stored> touching(String path, List<Stored> events) {
        List<Stored> touching = new ArrayList<>();
        for (Stored event : events) {
            if (!event.isEffect() && event.change().overlaps(path)) {
                touching.add(event);
            }
        }
        return touching;
    }

    /** The base after their changes. */
    private Content after(List<Stored> theirs) {
        Content content = base.get();
        for (Stored event : theirs) {
            if (!event.isEffect()) {
                content.take(event.change());
            }
        }
        return content;
    }
}
