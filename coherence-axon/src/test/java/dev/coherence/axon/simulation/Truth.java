package dev.coherence.axon.simulation;

import dev.coherence.action.Identity;
import dev.coherence.axon.storage.StreamNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that was committed, and what follows from it without any index: what each projection has to show in the end. */
final class Truth {

    private final StreamNames names;
    private final List<Fact> facts = new ArrayList<>();

    Truth(StreamNames names) {
        this.names = names;
    }

    /**
     * A stored event.
     *
     * @param number its position in the global order
     * @param version its sequence number in its stream
     */
    record Fact(long number, long version, Write write) {}

    void add(Fact fact) {
        facts.add(fact);
        facts.sort(Comparator.comparingLong(Fact::number));
    }

    List<Fact> facts() {
        return facts;
    }

    String stream(Identity aggregate) {
        return names.ofAggregate(aggregate);
    }

    /** The numbers of the aggregate's events, by their versions. */
    List<Long> numbersOf(String aggregate) {
        return facts.stream()
                .filter(fact -> fact.write() instanceof Write.Act act
                        && stream(act.aggregate()).equals(aggregate))
                .map(Fact::number)
                .toList();
    }

    /** What the rows of an aggregate are to be, in this order. */
    List<String> keys(Identity aggregate, boolean splits) {
        List<String> keys = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact.write() instanceof Write.Act act && act.aggregate().equals(aggregate)) {
                keys.add("" + fact.version());
                if (act.split() && splits) {
                    keys.add(fact.version() + "b");
                }
            }
        }
        return keys;
    }

    /** An effect that affects an aggregate: when its trigger has been fired so often, the rows must be of this time or later. */
    record Affecting(long number, String trigger, int times) {}

    /** The effects that affect the aggregate: on itself, and on triggers that an earlier action linked it to. */
    List<Affecting> affecting(Identity aggregate) {
        Map<String, Long> linkedSince = new TreeMap<>();
        Map<String, Integer> times = new TreeMap<>();
        List<Affecting> affecting = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact.write() instanceof Write.Act act && act.aggregate().equals(aggregate)) {
                linkedSince.putIfAbsent(aggregate.toString(), fact.number());
                act.links().forEach(link -> linkedSince.putIfAbsent(link.toString(), fact.number()));
            } else if (fact.write() instanceof Write.Fire fire) {
                String trigger = fire.trigger().toString();
                int count = times.merge(trigger, 1, Integer::sum);
                if (linkedSince.containsKey(trigger)) {
                    affecting.add(new Affecting(fact.number(), trigger, count));
                }
            }
        }
        return affecting;
    }

    /** What each row of an aggregate must have seen of the world, by what has happened. */
    Map<String, Integer> required(String group, Identity aggregate) {
        Map<String, Integer> required = new TreeMap<>();
        affecting(aggregate).forEach(effect -> required.put(effect.trigger(), effect.times()));
        for (Fact fact : facts) {
            if (fact.write() instanceof Write.Ask ask && ask.concerns(aggregate, group)) {
                required.merge(ask.toString(), 1, Integer::sum);
            }
        }
        return required;
    }
}
