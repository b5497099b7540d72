package dev.coherence.axon.stream;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedEffect;
import dev.coherence.axon.index.AffectedAggregate;
import dev.coherence.axon.index.NumberedEvent;
import dev.coherence.axon.index.ReplayIndex;
import dev.coherence.axon.index.Span;
import dev.coherence.axon.replay.Impact;
import dev.coherence.axon.replay.ReplayCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** An index that is told which aggregates, by their numbers, each effect affects. Each of them has one event. */
final class Affected implements ReplayIndex {

    private final NavigableMap<Long, Set<Long>> effects = new TreeMap<>();
    final List<Collection<AffectedAggregate>> reads = new ArrayList<>();
    final Set<Long> tooLarge = new TreeSet<>();

    /** The effect at the position affects the aggregates. */
    Affected by(long effect, Long... aggregates) {
        effects.put(effect, Set.of(aggregates));
        return this;
    }

    static AffectedAggregate aggregate(long number) {
        return new AffectedAggregate(number, Identity.of("book", "b" + number), "book", "book:b" + number);
    }

    private Stream<Map.Entry<Long, Set<Long>>> in(Span span) {
        return effects.entrySet().stream()
                .filter(effect -> span.upTo().seesNumber(effect.getKey()))
                .filter(effect -> !span.after().seesNumber(effect.getKey()));
    }

    private SortedSet<Long> numbers(Span span) {
        SortedSet<Long> numbers = new TreeSet<>();
        in(span).forEach(effect -> numbers.addAll(effect.getValue()));
        return numbers;
    }

    @Override
    public boolean affectsAny(Span span, Set<String> groups) {
        return !numbers(span).isEmpty();
    }

    @Override
    public boolean affects(Span span, Set<String> groups, Identity aggregate) {
        return numbers(span).stream()
                .anyMatch(number -> aggregate(number).aggregate().equals(aggregate));
    }

    @Override
    public List<AffectedAggregate> affected(Span span, Set<String> groups, long above, int limit) {
        return numbers(span).tailSet(above + 1).stream()
                .limit(limit)
                .map(Affected::aggregate)
                .toList();
    }

    @Override
    public long countAffected(Span span, Set<String> groups, long above) {
        return numbers(span).tailSet(above + 1).size();
    }

    @Override
    public Impact impact(Identity trigger) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long countCauses(Span span, Set<String> groups) {
        return in(span).count();
    }

    @Override
    public Map<AffectedAggregate, List<ReplayCause>> causes(
            Span span, Set<String> groups, Collection<AffectedAggregate> aggregates) {
        Map<AffectedAggregate, List<ReplayCause>> causes = new HashMap<>();
        for (AffectedAggregate aggregate : aggregates) {
            causes.put(
                    aggregate,
                    in(span).filter(effect -> effect.getValue().contains(aggregate.number()))
                            .map(effect -> cause(effect.getKey()))
                            .toList());
        }
        return causes;
    }

    private static ReplayCause cause(long number) {
        return new ReplayCause.Fired(new RecordedEffect(
                number, Instant.EPOCH, "test", new Effect("expired", Identity.of("key", "k" + number))));
    }

    @Override
    public OptionalLong numberOf(String aggregateIdentifier) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Stream<NumberedEvent> events(AffectedAggregate aggregate) {
        return Stream.of(new NumberedEvent(
                aggregate.number(),
                new GenericDomainEventMessage<>(aggregate.type(), aggregate.identifier(), 0, "first")));
    }

    @Override
    public Map<AffectedAggregate, List<NumberedEvent>> events(Collection<AffectedAggregate> aggregates, int maxEvents) {
        reads.add(List.copyOf(aggregates));
        Map<AffectedAggregate, List<NumberedEvent>> events = new HashMap<>();
        aggregates.stream()
                .filter(aggregate -> !tooLarge.contains(aggregate.number()))
                .forEach(aggregate -> events.put(aggregate, events(aggregate).toList()));
        return events;
    }
}
