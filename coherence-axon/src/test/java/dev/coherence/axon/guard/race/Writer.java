package dev.coherence.axon.guard.race;

import static java.util.stream.Collectors.toCollection;

import dev.coherence.action.Identity;
import dev.coherence.axon.guard.race.Attempt.Outcome;
import dev.coherence.axon.guard.race.Attempt.Part;
import dev.coherence.axon.guard.race.Attempt.Reported;
import dev.coherence.axon.guard.race.Attempt.Way;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does random things, and tells of each. For one thread. */
final class Writer {

    private static final int MOST_TRIES = 4;

    private final Random random;
    private final Bases bases;
    private final Sender sender;

    Writer(RaceApplication application, Random random, Consumer<Attempt> attempts) {
        this.random = random;
        this.bases = new Bases(application.index, random);
        this.sender = new Sender(application, attempts);
    }

    void run(int intentions) {
        for (int i = 0; i < intentions; i++) {
            int dice = random.nextInt(100);
            if (dice < 4) {
                Identity key = Identity.of(Changes.KEY, Wish.key(random));
                Identity aggregate = Identity.parse(Target.random(random).toString());
                sender.fire("fired-" + Long.toHexString(random.nextLong()), random.nextBoolean() ? key : aggregate);
            } else if (dice < 7) {
                sender.publish(Wish.key(random));
            } else if (dice < 20) {
                change(random.nextBoolean() ? Way.TOGETHER : Way.NESTED, partsOnOneBase());
            } else if (dice < 26) {
                change(Way.SEPARATE, new ArrayList<>(List.of(part(first()), part(second()))));
            } else {
                change(Way.ALONE, List.of(part(Target.random(random))));
            }
        }
    }

    /** Of two, always the same comes first, or the writers of one process would wait for each other for ever. */
    private Target first() {
        return new Target(Target.ARTICLE, "a" + 2 * random.nextInt(3));
    }

    private Target second() {
        return new Target(Target.PROFILE, "p" + (1 + 2 * random.nextInt(2)));
    }

    private List<Part> partsOnOneBase() {
        Target first = first();
        Target second = random.nextInt(6) == 0 ? Target.random(random) : second();
        if (second.compareTo(first) <= 0) {
            second = second();
        }
        Revision base = random.nextInt(4) == 0 ? bases.forOne(first) : bases.forSeveral();
        String policy = policy();
        List<Long> resolved = resolved(base);
        return List.of(part(first, base, resolved, policy), part(second, base, resolved, policy));
    }

    private Part part(Target target) {
        Revision base = bases.forOne(target);
        return part(target, base, resolved(base), policy());
    }

    private List<Long> resolved(@Nullable Revision base) {
        return base == null || random.nextInt(10) > 0 ? List.of() : anyNumbers();
    }

    private Part part(Target target, @Nullable Revision base, List<Long> resolved, @Nullable String policy) {
        List<Wish> wishes = new ArrayList<>(List.of(Wish.random(random)));
        if (random.nextInt(6) == 0) {
            wishes.add(Wish.random(random));
        }
        return new Part(target, base == null ? null : base.toString(), resolved, policy, wishes);
    }

    private @Nullable String policy() {
        return switch (random.nextInt(5)) {
            case 0 -> "strict";
            case 1, 2 -> "merge";
            default -> null;
        };
    }

    private List<Long> anyNumbers() {
        long last = bases.head().position().orElse(0);
        TreeSet<Long> numbers = new TreeSet<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            numbers.add(Math.max(1, last - random.nextInt(20)));
        }
        if (random.nextInt(10) == 0) {
            numbers.add(last + 1_000_000);
        }
        return List.copyOf(numbers);
    }

    private void change(Way way, List<Part> intended) {
        List<Part> parts = intended;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Attempt attempt = sender.change(way, parts);
            if (attempt.outcome() == Outcome.CONFLICT && random.nextInt(4) > 0) {
                parts = resolving(parts, attempt.conflicts());
            } else if (attempt.outcome() != Outcome.LOST) {
                return;
            }
        }
    }

    /** Lists everything that was reported, or a part of it, and maybe something else. */
    private List<Part> resolving(List<Part> parts, List<Reported> conflicts) {
        boolean all = random.nextInt(4) > 0;
        TreeSet<Long> numbers = conflicts.stream()
                .map(Reported::theirs)
                .filter(number -> all || random.nextBoolean())
                .collect(toCollection(TreeSet::new));
        parts.forEach(part -> numbers.addAll(part.resolved()));
        if (random.nextInt(8) == 0) {
            numbers.addAll(anyNumbers());
        }
        return parts.stream()
                .map(part -> part.base() == null ? part : part.resolving(List.copyOf(numbers)))
                .toList();
    }
}
