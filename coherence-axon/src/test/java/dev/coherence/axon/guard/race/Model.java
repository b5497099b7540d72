package dev.coherence.axon.guard.race;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What coherence promises, told by loops over the list of all events. */
final class Model {

    private final List<Stored> events;
    private final Map<Target, List<Stored>> actions;
    private final List<Stored> effects;
    private final Set<Long> numbers;

    Model(List<Stored> events) {
        this.events = events;
        this.actions = events.stream()
                .filter(event -> event.payload() instanceof Change)
                .collect(groupingBy(event -> new Target(String.valueOf(event.type()), event.stream())));
        this.effects = events.stream().filter(Stored::isEffect).toList();
        this.numbers = events.stream().map(Stored::number).collect(toSet());
    }

    List<Stored> events() {
        return events;
    }

    List<Stored> effects() {
        return effects;
    }

    boolean exists(long number) {
        return numbers.contains(number);
    }

    /** All aggregates that were created. */
    Set<Target> targets() {
        return actions.keySet();
    }

    /** In the order of their versions, which is the global order. */
    List<Stored> actionsOn(Target target) {
        return actions.getOrDefault(target, List.of());
    }

    /** The state that the actions before a version make. */
    Content content(Target target, long end) {
        return fold(target, event -> event.version() < end);
    }

    /** The state that a sender with this base has read. */
    Content base(Target target, Revision base) {
        return fold(target, event -> sees(base, event));
    }

    private Content fold(Target target, Predicate<Stored> wanted) {
        Content content = new Content();
        for (Stored event : actionsOn(target)) {
            if (wanted.test(event)) {
                content.take(event.change());
            }
        }
        return content;
    }

    /** The triggers that the actions before a version link an aggregate to, each with the number of the first such action. */
    SortedMap<String, Long> links(Target target, long end) {
        SortedMap<String, Long> links = new TreeMap<>();
        for (Stored event : actionsOn(target)) {
            if (event.version() < end && event.change().link() != null) {
                links.putIfAbsent(Changes.KEY + ":" + event.change().link(), event.number());
            }
        }
        return links;
    }

    /** The triggers, its own included, that an aggregate is linked to before a version. */
    Set<String> triggers(Target target, long end) {
        Set<String> triggers = new TreeSet<>(links(target, end).keySet());
        triggers.add(target.toString());
        return triggers;
    }

    /** The actions on an aggregate before a version, and those of the effects, that the base does not see, in order. */
    List<Stored> unseen(Target target, Revision base, long end, Predicate<Stored> effectsOn) {
        return Stream.concat(
                        actionsOn(target).stream().filter(action -> action.version() < end),
                        effects.stream().filter(effectsOn))
                .filter(event -> !sees(base, event))
                .sorted(comparingLong(Stored::number))
                .toList();
    }

    private static boolean sees(Revision base, Stored event) {
        if (event.isEffect()) {
            return base.position().isEmpty() || base.seesNumber(event.number());
        }
        return base.version().isPresent()
                ? event.version() <= base.version().getAsLong()
                : base.seesNumber(event.number());
    }
}
