package dev.coherence.axon.index;

import static dev.coherence.axon.TypedBook.KIND;

import dev.coherence.action.Identity;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.index.History.Entry;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.StreamNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.axonframework.eventhandling.DomainEventMessage;

/** What the documentation of {@link ReplayIndex} says, word by word, with a loop for each word. */
final class ReplayOracle {

    private static final EventDescriptors DESCRIPTORS = new EventDescriptors();

    private final History history;

    ReplayOracle(History history) {
        this.history = history;
    }

    /** All affected aggregates, by number, with their causes as text by number. */
    SortedMap<Long, SortedMap<Long, String>> affected(Span span, Set<String> groups) {
        SortedMap<Long, SortedMap<Long, String>> found = new TreeMap<>();
        for (Entry first : history.entries) {
            if (isFirstOfAggregate(first)) {
                SortedMap<Long, String> causes = causes(first, span, groups);
                if (!causes.isEmpty()) {
                    found.put(first.number(), causes);
                }
            }
        }
        return found;
    }

    private static boolean isFirstOfAggregate(Entry entry) {
        return entry.message() instanceof DomainEventMessage<?> event
                && event.getSequenceNumber() == 0
                && !event.getType().equals(StreamNames.EFFECT_TYPE);
    }

    long causes(Span span, Set<String> groups) {
        return history.entries.stream()
                .filter(entry -> lies(entry, span) && concerns(entry, groups))
                .count();
    }

    private SortedMap<Long, String> causes(Entry first, Span span, Set<String> groups) {
        Identity aggregate = identity(first);
        Map<Identity, Long> lastEffects = new LinkedHashMap<>();
        SortedMap<Long, String> causes = new TreeMap<>();
        for (Entry entry : history.entries) {
            if (!lies(entry, span) || !concerns(entry, groups)) {
                continue;
            }
            if (entry.message().getPayload() instanceof EffectFired fired) {
                boolean linkedBefore = history.entries.stream()
                        .filter(link -> link.number() < entry.number())
                        .filter(link -> isEventOf(link, aggregate))
                        .anyMatch(link -> links(link).contains(fired.trigger()));
                boolean itself = fired.trigger().equals(aggregate) && first.number() < entry.number();
                if (linkedBefore || itself) {
                    lastEffects.put(fired.trigger(), entry.number());
                }
            } else if (entry.message().getPayload() instanceof ReplayRequested request) {
                boolean named = request.aggregate().isPresent()
                        ? request.aggregate().get().equals(aggregate)
                        : request.kind().equals(aggregate.kind());
                if (named) {
                    causes.put(entry.number(), request.toString());
                }
            }
        }
        lastEffects.forEach((trigger, number) -> causes.put(number, trigger.toString()));
        return causes;
    }

    private boolean isEventOf(Entry entry, Identity aggregate) {
        return entry.message() instanceof DomainEventMessage<?> event
                && event.getAggregateIdentifier().equals(history.names.ofAggregate(aggregate));
    }

    private static List<Identity> links(Entry entry) {
        Object payload = entry.message().getPayload();
        return payload instanceof PatchApplied patch
                ? List.copyOf(patch.triggers())
                : List.copyOf(DESCRIPTORS.of(payload.getClass()).links(payload));
    }

    private static Identity identity(Entry first) {
        DomainEventMessage<?> event = (DomainEventMessage<?>) first.message();
        return event.getType().equals(KIND) || event.getType().equals("Paperback")
                ? Identity.of(KIND, event.getAggregateIdentifier())
                : Identity.parse(event.getAggregateIdentifier());
    }

    private static boolean lies(Entry entry, Span span) {
        return span.upTo().seesNumber(entry.number()) && !span.after().seesNumber(entry.number());
    }

    private static boolean concerns(Entry entry, Set<String> groups) {
        if (entry.message().getPayload() instanceof EffectFired) {
            return !groups.isEmpty();
        }
        if (entry.message().getPayload() instanceof ReplayRequested request) {
            return request.groups().isEmpty()
                    ? !groups.isEmpty()
                    : request.groups().stream().anyMatch(groups::contains);
        }
        return false;
    }
}
