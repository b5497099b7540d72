package dev.coherence.axon.index;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.coherence.action.Identity;
import dev.coherence.action.RecordedEffect;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.replay.Impact;
import dev.coherence.axon.replay.ReplayCause;
import dev.coherence.axon.replay.ReplayCause.Fired;
import dev.coherence.axon.replay.ReplayCause.Requested;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.value.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Answers each question from all events, as {@link ReplayIndex} says it. */
final class InMemoryReplayIndex implements ReplayIndex {

    private final Supplier<Stream<TrackedEventMessage<?>>> messages;
    private final StreamNames names;
    private final EventCodec codec;

    InMemoryReplayIndex(Supplier<Stream<TrackedEventMessage<?>>> messages, StreamNames names, EventCodec codec) {
        this.messages = messages;
        this.names = names;
        this.codec = codec;
    }

    @Override
    public boolean affectsAny(Span span, Set<String> groups) {
        return !causesOfAll(span, groups).isEmpty();
    }

    @Override
    public boolean affects(Span span, Set<String> groups, Identity aggregate) {
        return causesOfAll(span, groups).keySet().stream()
                .anyMatch(affected -> affected.aggregate().equals(aggregate));
    }

    @Override
    public List<AffectedAggregate> affected(Span span, Set<String> groups, long above, int limit) {
        requirePositive("limit", limit);
        return affected(span, groups, above).limit(limit).toList();
    }

    @Override
    public long countAffected(Span span, Set<String> groups, long above) {
        return affected(span, groups, above).count();
    }

    private Stream<AffectedAggregate> affected(Span span, Set<String> groups, long above) {
        return causesOfAll(span, groups).keySet().stream()
                .filter(aggregate -> aggregate.number() > above)
                .sorted(Comparator.comparingLong(AffectedAggregate::number));
    }

    @Override
    public Impact impact(Identity trigger) {
        Set<String> affected = aggregates().stream()
                .filter(known -> known.isAffected(trigger, Long.MAX_VALUE))
                .map(known -> known.identifier)
                .collect(toSet());
        List<String> events = stored().map(event -> event.message().getAggregateIdentifier())
                .filter(affected::contains)
                .toList();
        return new Impact(new HashSet<>(events).size(), events.size());
    }

    @Override
    public long countCauses(Span span, Set<String> groups) {
        return allCauses(span, groups).size();
    }

    @Override
    public Map<AffectedAggregate, List<ReplayCause>> causes(
            Span span, Set<String> groups, Collection<AffectedAggregate> aggregates) {
        Map<AffectedAggregate, List<ReplayCause>> causes = causesOfAll(span, groups);
        causes.keySet().retainAll(Set.copyOf(aggregates));
        return causes;
    }

    @Override
    public OptionalLong numberOf(String aggregateIdentifier) {
        return aggregates().stream()
                .filter(known -> known.identifier.equals(aggregateIdentifier))
                .mapToLong(known -> known.number)
                .findFirst();
    }

    @Override
    public Stream<NumberedEvent> events(AffectedAggregate aggregate) {
        List<NumberedEvent> events = stored().filter(
                        event -> event.message().getAggregateIdentifier().equals(aggregate.identifier()))
                .sorted(Comparator.comparingLong(event -> event.message().getSequenceNumber()))
                .toList();
        if (!events.isEmpty()) {
            aggregate.requireBeginningAt(events.get(0).message().getSequenceNumber());
        }
        return events.stream();
    }

    @Override
    public Map<AffectedAggregate, List<NumberedEvent>> events(Collection<AffectedAggregate> aggregates, int maxEvents) {
        requirePositive("maxEvents", maxEvents);
        Map<String, List<NumberedEvent>> byAggregate =
                stored().collect(groupingBy(event -> event.message().getAggregateIdentifier()));
        Map<AffectedAggregate, List<NumberedEvent>> complete = new HashMap<>();
        int left = maxEvents;
        for (AffectedAggregate aggregate : new HashSet<>(aggregates)) {
            List<NumberedEvent> events = new ArrayList<>(byAggregate.getOrDefault(aggregate.identifier(), List.of()));
            if (events.size() <= left) {
                left -= events.size();
                events.sort(Comparator.comparingLong(event -> event.message().getSequenceNumber()));
                if (events.isEmpty() || events.get(0).message().getSequenceNumber() == 0) {
                    complete.put(aggregate, events);
                }
            }
        }
        return complete;
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s: must be positive, and is %d".formatted(name, value));
        }
    }

    private Stream<NumberedEvent> stored() {
        return messages.get()
                .flatMap(message -> message instanceof DomainEventMessage<?> event
                        ? Stream.of(new NumberedEvent(InMemoryEventIndex.number(message), event))
                        : Stream.empty());
    }

    private Map<AffectedAggregate, List<ReplayCause>> causesOfAll(Span span, Set<String> groups) {
        List<ReplayCause> causes = allCauses(span, groups);
        Map<AffectedAggregate, List<ReplayCause>> found = new HashMap<>();
        for (Known known : aggregates()) {
            List<ReplayCause> own = lastOfEachTrigger(
                    causes.stream().filter(cause -> known.isAffected(cause)).toList());
            if (!own.isEmpty()) {
                found.put(known.toAffected(), own);
            }
        }
        return found;
    }

    private static List<ReplayCause> lastOfEachTrigger(List<ReplayCause> causes) {
        Map<Identity, Long> last = causes.stream()
                .filter(Fired.class::isInstance)
                .map(Fired.class::cast)
                .collect(toMap(InMemoryReplayIndex::trigger, Fired::sequenceNumber, Math::max));
        return causes.stream()
                .filter(cause -> !(cause instanceof Fired fired)
                        || fired.sequenceNumber() == last.getOrDefault(trigger(fired), 0L))
                .toList();
    }

    private static Identity trigger(Fired fired) {
        return fired.effect().effect().trigger();
    }

    /** The effects and requests in the span that concern one of the groups, ascending. */
    private List<ReplayCause> allCauses(Span span, Set<String> groups) {
        return messages.get()
                .filter(message -> lies(InMemoryEventIndex.number(message), span))
                .flatMap(message -> cause(message).stream())
                .filter(cause -> concerns(cause, groups))
                .toList();
    }

    private static boolean lies(long number, Span span) {
        return span.upTo().seesNumber(number) && !span.after().seesNumber(number);
    }

    private Optional<ReplayCause> cause(TrackedEventMessage<?> message) {
        long number = InMemoryEventIndex.number(message);
        if (message.getPayload() instanceof ReplayRequested request) {
            return Optional.of(new Requested(number, request));
        }
        return message instanceof DomainEventMessage<?> event
                ? codec.decode(event, number)
                        .flatMap(decoded -> decoded.fold(
                                action -> Optional.<RecordedEffect>empty(),
                                (RecordedEffect effect) -> Optional.of(effect)))
                        .map(Fired::new)
                : Optional.empty();
    }

    private static boolean concerns(ReplayCause cause, Set<String> groups) {
        List<String> named =
                cause instanceof Requested requested ? requested.request().groups() : List.of();
        return named.isEmpty() ? !groups.isEmpty() : named.stream().anyMatch(groups::contains);
    }

    /** All that have a first event or a link. */
    private Collection<Known> aggregates() {
        Map<String, Known> known = new HashMap<>();
        stored().filter(event -> event.message().getType() != null).forEach(event -> note(event, known));
        return known.values();
    }

    private void note(NumberedEvent event, Map<String, Known> known) {
        DomainEventMessage<?> message = event.message();
        Set<Identity> triggers = codec.decode(message, event.number())
                .map(decoded ->
                        decoded.<Set<Identity>>fold(action -> action.action().triggers(), effect -> Set.of()))
                .orElse(Set.of());
        boolean isFirst = message.getSequenceNumber() == 0;
        if (isFirst || !triggers.isEmpty()) {
            nameOf(message).ifPresent(aggregate -> {
                Known noted = known.computeIfAbsent(
                        message.getAggregateIdentifier(), identifier -> new Known(aggregate, identifier, event));
                if (isFirst) {
                    noted.startsWith(event);
                }
                triggers.forEach(trigger -> noted.linkedSince.putIfAbsent(trigger, event.number()));
            });
        }
    }

    /** Nothing for a stream of somebody else, whose identifier is none of coherence. */
    private Optional<Identity> nameOf(DomainEventMessage<?> message) {
        try {
            return Optional.of(names.aggregate(message.getType(), message.getAggregateIdentifier()));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    /** An aggregate and its links. */
    private final class Known {

        private final Identity aggregate;
        private final String identifier;
        private final Map<Identity, Long> linkedSince = new HashMap<>();
        private long number;
        private String type;
        private boolean hasFirst;

        Known(Identity aggregate, String identifier, NumberedEvent noted) {
            this.aggregate = aggregate;
            this.identifier = identifier;
            this.number = noted.number();
            this.type = noted.message().getType();
        }

        void startsWith(NumberedEvent first) {
            hasFirst = true;
            number = first.number();
            type = first.message().getType();
        }

        AffectedAggregate toAffected() {
            return new AffectedAggregate(number, aggregate, type, identifier);
        }

        boolean isAffected(ReplayCause cause) {
            if (cause instanceof Fired fired) {
                return isAffected(trigger(fired), fired.sequenceNumber());
            }
            ReplayRequested request = ((Requested) cause).request();
            return request.aggregate().map(this::isNamed).orElseGet(() -> isOf(request.kind()));
        }

        boolean isAffected(Identity trigger, long effect) {
            return linkedSince.getOrDefault(trigger, Long.MAX_VALUE) < effect || (isNamed(trigger) && number < effect);
        }

        private boolean isNamed(Identity named) {
            return isOf(named.kind()) && aggregate.equals(named);
        }

        private boolean isOf(String kind) {
            return hasFirst
                    && aggregate.kind().equals(kind)
                    && names.kindOf(type).equals(kind);
        }
    }
}
