package dev.coherence.axon.storage;

import dev.coherence.action.Identity;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Limits;
import dev.coherence.value.WellFormed;
import java.time.Instant;
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
        return text(CoherenceMetaData.TIMESTAMP).map(Instant::parse);
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
     * @throws InvalidInputException if they are malformed
     */
    Optional<SortedSet<Identity>> declaredTriggers() {
        return text(CoherenceMetaData.TRIGGERS)
                .map(text -> InvalidInputException.inside(CoherenceMetaData.TRIGGERS, () -> TriggerLines.parse(text)));
    }

    /** The text, if it can be the name of something. */
    static Optional<String> name(String text) {
        return ifValid(text, valid -> WellFormed.name("name", valid));
    }

    private Optional<String> text(String key) {
        @Nullable Object value = entries.get(key);
        return Optional.ofNullable(value).map(Object::toString);
    }

    private static <T> Optional<T> ifValid(String text, Function<String, T> read) {
        try {
            return Optional.of(read.apply(text));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }
}
