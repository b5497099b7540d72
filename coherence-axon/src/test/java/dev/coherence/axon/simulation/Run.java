package dev.coherence.axon.simulation;

import dev.coherence.axon.simulation.Writer.Open;
import dev.coherence.axon.token.SeenPositions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;

/**
 * Does what a schedule says, then lets all come to rest, and asks the {@link Oracle}. At rest the tokens in the store are
 * Axon's, and have seen all events.
 */
final class Run {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Schedule schedule;
    private final Setup setup;
    private final Variant variant;
    private final Place place;
    private final Truth truth;
    private final Writer writer;
    private final Tokens tokens;
    private final Claims claims = new Claims();
    private final Trace trace = new Trace();
    private final Map<Integer, Open> open = new TreeMap<>();
    private final List<Optional<Node>> nodes = new ArrayList<>();
    private final List<Node> all = new ArrayList<>();

    private Run(Schedule schedule, Variant variant, Place place) {
        this.schedule = schedule;
        this.setup = schedule.setup();
        this.variant = variant;
        this.place = place;
        this.truth = new Truth(place.index().streamNames());
        this.writer = new Writer(place, truth);
        this.tokens = new Tokens(place, truth);
    }

    /** Returns what is wrong in the end, with all that has happened; nothing if all is well. */
    static List<String> complaints(Schedule schedule, Variant variant, Place place) {
        place.clear();
        Run run = new Run(schedule, variant, place);
        List<String> complaints = run.judge();
        complaints.addAll(run.end());
        if (!complaints.isEmpty()) {
            run.truth.facts().forEach(fact -> complaints.add("  " + fact));
            complaints.addAll(run.trace.lines());
        }
        return complaints;
    }

    private List<String> judge() {
        List<String> complaints = new ArrayList<>();
        try {
            doAll();
            complaints.addAll(awaitRest());
            complaints.addAll(new Oracle(setup, truth, claims, place.splits()).complaints(place.readModel()));
        } catch (RuntimeException e) {
            StringWriter stack = new StringWriter();
            e.printStackTrace(new PrintWriter(stack));
            complaints.add(stack.toString());
        }
        return complaints;
    }

    private void doAll() {
        schedule.before().forEach(write -> writer.append(List.of(write)));
        for (int i = 0; i < setup.nodes(); i++) {
            nodes.add(Optional.empty());
            start(i);
        }
        for (Step step : schedule.steps()) {
            buryTheDead();
            try {
                perform(step);
            } catch (Faults.DeadNode e) {
                // it has died meanwhile, and the step is not done
            }
        }
        all.forEach(node -> node.faults.disarm());
        all.forEach(node -> node.faults.awaitThaw());
        for (int i = 0; i < setup.nodes(); i++) {
            start(i);
        }
    }

    private void perform(Step step) {
        trace.add("driver", step);
        if (step instanceof Step.Append append) {
            writer.append(append.writes());
        } else if (step instanceof Step.Open begin) {
            open.put(begin.transaction(), writer.open(begin.writes()));
        } else if (step instanceof Step.End end) {
            end(open.remove(end.transaction()), end.commit());
        } else if (step instanceof Step.Fail fail) {
            alive(fail.node()).ifPresent(node -> node.faults.failAfter(fail.afterEvents()));
        } else if (step instanceof Step.Crash crash) {
            alive(crash.node()).ifPresent(node -> node.faults.crashAfter(crash.afterBatches(), crash.committed()));
        } else if (step instanceof Step.Kill kill) {
            alive(kill.node()).ifPresent(node -> node.faults.die());
        } else if (step instanceof Step.Freeze freeze) {
            alive(freeze.node()).ifPresent(this::freeze);
        } else if (step instanceof Step.Stop stop) {
            alive(stop.node()).ifPresent(Node::stop);
        } else if (step instanceof Step.Start start) {
            start(start.node());
        } else if (step instanceof Step.Split split) {
            split(split);
        } else if (step instanceof Step.Merge merge) {
            merge(merge);
        } else if (step instanceof Step.Reset reset) {
            reset(reset.node(), 0);
        } else if (step instanceof Step.ResetTo reset) {
            reset(reset.node(), reset.part());
        } else if (step instanceof Step.Pause pause) {
            sleep(pause.millis());
        }
    }

    private void freeze(Node node) {
        node.faults.freeze();
        place.expireClaimsOf(node.id);
    }

    private static void end(Open transaction, boolean commit) {
        if (commit) {
            transaction.commit();
        } else {
            transaction.rollback();
        }
    }

    private Optional<Node> alive(int node) {
        return nodes.get(node).filter(it -> !it.faults.isDead());
    }

    private void start(int number) {
        buryTheDead();
        if (nodes.get(number).isEmpty()) {
            Node node = Node.start("node%d.%d".formatted(number, all.size()), setup, variant, place, claims, trace);
            all.add(node);
            nodes.set(number, Optional.of(node));
        } else {
            nodes.get(number).get().start();
        }
    }

    private void buryTheDead() {
        for (int i = 0; i < nodes.size(); i++) {
            Optional<Node> dead = nodes.get(i).filter(node -> node.faults.isDead());
            if (dead.isPresent()) {
                dead.get().die();
                place.releaseClaimsOf(dead.get().id);
                nodes.set(i, Optional.empty());
            }
        }
    }

    private void split(Step.Split split) {
        int[] segments = tokens.segments();
        if (segments.length > 0 && segments.length < Setup.MAX_SEGMENTS) {
            int segment = segments[split.segment() % segments.length];
            alive(split.node()).ifPresent(node -> node.split(segment));
        }
    }

    private void merge(Step.Merge merge) {
        int[] segments = tokens.segments();
        if (segments.length > 1) {
            int segment = segments[merge.segment() % segments.length];
            alive(merge.node()).ifPresent(node -> node.merge(Segment.computeSegment(segment, segments)));
        }
    }

    private void reset(int number, double part) {
        buryTheDead();
        List<Node> running =
                nodes.stream().flatMap(Optional::stream).filter(Node::isRunning).toList();
        running.forEach(Node::stop);
        buryTheDead();
        Optional<Node> resetting = nodes.get(number)
                .or(() -> nodes.stream().flatMap(Optional::stream).findAny());
        all.forEach(node -> place.releaseClaimsOf(node.id)); // those that Axon leaves to time out
        resetting.ifPresent(node -> reset(node, part));
        all.forEach(node -> place.releaseClaimsOf(node.id));
        running.forEach(Node::start);
    }

    /** Tries again, as whoever resets a processor has to while others still hold a segment, or have split it. */
    private void reset(Node node, double part) {
        TrackingToken start = tokens.seen(part);
        Predicate<Row> kept = start == null ? row -> false : kept(start);
        for (int attempt = 1; ; attempt++) {
            try {
                node.reset(start, kept);
                return;
            } catch (UnableToClaimTokenException e) {
                if (attempt == 3) {
                    throw e;
                }
            }
        }
    }

    /** Events that the start has seen are not handled again. */
    private Predicate<Row> kept(TrackingToken start) {
        return row ->
                SeenPositions.contains(start, truth.numbersOf(row.aggregate()).get((int) row.version()));
    }

    /** Returns why there is no rest, after patience; gives up at once if the read model shows that something is wrong. */
    private List<String> awaitRest() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> unrest = tokens.unrest();
        while (!unrest.isEmpty() && System.nanoTime() < end) {
            if (!place.readModel().complaints().isEmpty()) {
                return List.of();
            }
            sleep(10);
            all.forEach(Node::helpMerge);
            unrest = tokens.unrest();
        }
        return unrest.isEmpty()
                ? unrest
                : Stream.concat(unrest.stream(), all.stream().flatMap(node -> node.doing().stream()))
                        .toList();
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what goes on although it was told to end. */
    private List<String> end() {
        open.values().forEach(Open::rollback);
        return all.stream().flatMap(node -> node.end().stream()).toList();
    }

    static String describe(Schedule schedule, List<String> complaints) {
        return "%s\n(a seed fixes the schedule, not the threads)\n%s"
                .formatted(String.join("\n", complaints), schedule);
    }
}
