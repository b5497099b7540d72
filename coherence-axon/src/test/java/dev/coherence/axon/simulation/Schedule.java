package dev.coherence.axon.simulation;

import dev.coherence.action.Identity;
import dev.coherence.axon.simulation.Setup.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is done in a run, and in which order; the seed decides all of it. It does not decide what the threads of the processors
 * do meanwhile, so that a seed which has failed once need not fail each time.
 *
 * @param before is appended before any node starts
 */
record Schedule(long seed, Setup setup, List<Write> before, List<Step> steps) {

    /** With everything that may happen. */
    static Schedule of(long seed, Kind kind) {
        Random random = new Random(seed);
        return new Drawing(random, Setup.of(random, kind), true, Set.of()).schedule(seed);
    }

    /** For plain Axon, which replays nothing: without effects, requests and resets, with one group, and without these steps. */
    static Schedule ofPlain(long seed, Kind kind, Set<Class<? extends Step>> without) {
        Random random = new Random(seed);
        Setup drawn = Setup.of(random, kind);
        Setup setup = new Setup(
                kind,
                drawn.nodes(),
                drawn.segments(),
                drawn.batchSize(),
                drawn.share(),
                drawn.aggregatesAtOnce(),
                false,
                false,
                drawn.groups().subList(0, 1),
                drawn.aggregates(),
                drawn.triggers());
        return new Drawing(random, setup, false, without).schedule(seed);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("seed %d\n%s\nbefore %s\n".formatted(seed, setup, before));
        for (int i = 0; i < steps.size(); i++) {
            text.append("%3d %s\n".formatted(i, steps.get(i)));
        }
        return text.toString();
    }

    /** Draws steps that can be done one after the other without waiting for each other's locks. */
    private static final class Drawing {

        private final Random random;
        private final Setup setup;
        private final boolean replays;
        private final Set<Class<? extends Step>> without;
        private final Map<Integer, Set<Identity>> open = new TreeMap<>();
        private int transactions;

        Drawing(Random random, Setup setup, boolean replays, Set<Class<? extends Step>> without) {
            this.without = without;
            this.random = random;
            this.setup = setup;
            this.replays = replays;
        }

        Schedule schedule(long seed) {
            List<Write> before = random.nextBoolean() ? List.of() : writes(random.nextInt(12));
            List<Step> steps = new ArrayList<>();
            int count = 15 + random.nextInt(25);
            while (steps.size() < count) {
                step().filter(step -> !without.contains(step.getClass())).ifPresent(steps::add);
            }
            open.keySet().forEach(transaction -> steps.add(new Step.End(transaction, true)));
            if (replays && setup.nodes() > 1 && random.nextInt(4) == 0) {
                steps.add(random.nextInt(steps.size()), new Step.Freeze(random.nextInt(setup.nodes())));
            }
            return new Schedule(seed, setup, before, List.copyOf(steps));
        }

        private Optional<Step> step() {
            int node = random.nextInt(setup.nodes());
            return switch (random.nextInt(50)) {
                case 0, 1, 2 -> Optional.of(new Step.Fail(node, random.nextInt(10)));
                case 3, 4 -> Optional.of(new Step.Crash(node, random.nextInt(4), random.nextInt(3) == 0));
                case 5 -> Optional.of(new Step.Kill(node));
                case 6, 7 -> Optional.of(new Step.Stop(node));
                case 8, 9, 10 -> Optional.of(new Step.Start(node));
                case 11, 12, 13 -> Optional.of(new Step.Split(node, random.nextInt(Setup.MAX_SEGMENTS)));
                case 14, 15, 16 -> Optional.of(new Step.Merge(node, random.nextInt(Setup.MAX_SEGMENTS)));
                case 17 -> replays ? Optional.of(reset(node)) : Optional.empty();
                case 18, 19, 20, 21, 22, 23, 24 -> Optional.of(new Step.Pause(1 + random.nextInt(30)));
                case 25, 26, 27, 28, 29 -> end();
                case 30, 31, 32, 33 -> without.contains(Step.Open.class) ? Optional.empty() : open();
                default -> append();
            };
        }

        private Step reset(int node) {
            return random.nextBoolean() ? new Step.Reset(node) : new Step.ResetTo(node, random.nextDouble());
        }

        private Optional<Step> append() {
            List<Write> writes = writes(random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1);
            return writes.isEmpty() ? Optional.empty() : Optional.of(new Step.Append(writes));
        }

        private Optional<Step> open() {
            List<Write> writes = writes(1 + random.nextInt(3));
            if (open.size() >= 3 || writes.isEmpty()) {
                return Optional.empty();
            }
            Set<Identity> locks = new HashSet<>();
            writes.forEach(write -> locks.addAll(write.locks()));
            open.put(++transactions, locks);
            return Optional.of(new Step.Open(transactions, writes));
        }

        private Optional<Step> end() {
            if (open.isEmpty()) {
                return Optional.empty();
            }
            int transaction = List.copyOf(open.keySet()).get(random.nextInt(open.size()));
            open.remove(transaction);
            return Optional.of(new Step.End(transaction, random.nextInt(4) > 0));
        }

        /** At most so many, none of which waits for an open transaction. */
        private List<Write> writes(int count) {
            List<Write> writes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Write write = write();
                if (write.locks().stream()
                        .noneMatch(lock -> open.values().stream().anyMatch(locks -> locks.contains(lock)))) {
                    writes.add(write);
                }
            }
            return writes;
        }

        private Write write() {
            return switch (replays ? random.nextInt(12) : 0) {
                case 9 -> new Write.Fire(pick(setup.triggers()));
                case 10 -> new Write.Fire(random.nextBoolean() ? pick(setup.triggers()) : pick(setup.aggregates()));
                case 11 ->
                    new Write.Ask(
                            random.nextInt(3) == 0 ? Optional.empty() : Optional.of(pick(setup.aggregates())),
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(pick(setup.groups()).name()));
                default -> act();
            };
        }

        private Write act() {
            Set<Identity> links = new HashSet<>();
            if (replays && random.nextInt(3) == 0) {
                links.add(pick(setup.triggers()));
                links.add(pick(setup.triggers()));
            }
            return new Write.Act(pick(setup.aggregates()), links, setup.splits() && random.nextInt(4) == 0);
        }

        private <T> T pick(List<T> options) {
            return options.get(random.nextInt(options.size()));
        }
    }
}
