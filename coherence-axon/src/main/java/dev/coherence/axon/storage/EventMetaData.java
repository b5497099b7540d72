package dev.coherence.axon.storage;

import dev.coherence.action.Identity;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Limits;
import dev.coherence.value.WellFormed;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * What coherence wrote into the metadata of an event. Interceptors of the application may have replaced it since; what is
 * missing or malformed counts as absent.
 */
record EventMetaData(Map<String, ?> entries) {

    /** Where an event comes from, if nothing says it. */
    private static final String UNKNOWN_SOURCE = "unknown";

    /** The kind of the actor of an event, if nothing says who it was. */
    private static final String SYSTEM = "system";

    static EventMetaData of(DomainEventMessage<?> message) {
        try {
            return new EventMetaData(message.getMetaData());
        } catch (RuntimeException e) {
            return new EventMetaData(Map.of()); // serializers say in different ways that something foreign stands there
        }
    }

    Optional<Instant> timestamp() {
        return text(CoherenceMetaData.TIMESTAMP).flatMap(EventMetaData::instant);
    }

    String source() {
        return text(CoherenceMetaData.SOURCE).flatMap(EventMetaData::name).orElse(UNKNOWN_SOURCE);
    }

    Optional<String> reason() {
        return text(CoherenceMetaData.REASON).flatMap(EventMetaData::name);
    }

    /** Who acted; the source, if nobody is named. */
    Identity actor() {
        return text(CoherenceMetaData.ACTOR)
                .flatMap(text -> ifValid(text, Identity::parse))
                .or(() -> ifValid(source(), source -> Identity.of(SYSTEM, source)))
                .orElseGet(() -> Identity.of(SYSTEM, UNKNOWN_SOURCE));
    }

    /** The triggers, if metadata tells them. */
    Optional<SortedSet<Identity>> triggers() {
        return text(CoherenceMetaData.TRIGGERS)
                .flatMap(text -> ifValid(text, TriggerLines::parse))
                .filter(triggers -> triggers.size() <= Limits.MAX_TRIGGERS);
    }

    /**
     * The triggers, if metadata tells them, for whoever is about to store them.
     *
     * @throws InvalidInputException if they are malformed, or more than an action may have
     */
    Optional<SortedSet<Identity>> declaredTriggers() {
        Optional<SortedSet<Identity>> triggers = text(CoherenceMetaData.TRIGGERS)
                .map(text -> InvalidInputException.inside(CoherenceMetaData.TRIGGERS, () -> TriggerLines.parse(text)));
        triggers.ifPresent(links -> checkNumber(CoherenceMetaData.TRIGGERS, links));
        return triggers;
    }

    /** Refuses more links than an action may have; the place is what declares them. */
    static void checkNumber(String place, SortedSet<Identity> links) {
        if (links.size() > Limits.MAX_TRIGGERS) {
            throw new InvalidInputException(
                    place, "links to %d triggers; at most %d are allowed".formatted(links.size(), Limits.MAX_TRIGGERS));
        }
    }

    /** The text, if it can be the name of something. */
    static Optional<String> name(String text) {
        return ifValid(text, valid -> WellFormed.name("name", valid));
    }

    private Optional<String> text(String key) {
        @Nullable Object value = entries.get(key);
        return Optional.ofNullable(value).map(Object::toString);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static <T> Optional<T> ifValid(String text, Function<String, T> read) {
        try {
            return Optional.of(read.apply(text));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }
}
