package dev.coherence.axon.payload;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the class of an event says about its events, and how to read it from one of them. Immutable, hence thread-safe. */
public final class EventDescriptor {

    private final EventClass event;
    private final FoundRecords records;

    EventDescriptor(EventClass event, FoundRecords records) {
        this.event = event;
        this.records = records;
    }

    /** Whether events of this class say what they change: by {@code @ActionEvent}, or by {@code Patching}. */
    public boolean isAction() {
        return event.isAction();
    }

    /** Whether events of this class are requests to fire triggers: {@code @EffectEvent}. */
    public boolean declaresEffects() {
        return event.isEffect();
    }

    /** Whether this class says nothing about its events: neither what they change, nor what they fire or link to. */
    public boolean isPlain() {
        return event.isPlain();
    }

    /**
     * The reason that {@code @ActionEvent} gives, else that of {@code @EffectEvent}, else the simple name of the class. From 1
     * to {@link dev.coherence.value.Limits#MAX_NAME_LENGTH} UTF-16 code units.
     */
    public String reason() {
        return event.reason();
    }

    /**
     * What the event changes.
     *
     * @param payload an event of exactly the class that was described
     * @param aggregateIdentifier the identifier of the aggregate that applied it, as text
     * @param identifierName the name of the field in which that aggregate keeps it, if it is known
     * @return everything, of an event that does not say what it changes; nothing, of one that only requests effects, or whose
     *     components that are keys are all null
     * @throws dev.coherence.value.InvalidInputException naming class and member, if the event holds something that cannot be
     *     in a patch
     * @throws IllegalArgumentException if the payload is of another class
     */
    public Patch patch(Object payload, String aggregateIdentifier, Optional<String> identifierName) {
        Walk walk = walk(payload);
        OwnIdentifier own = new OwnIdentifier(
                requireNonNull(aggregateIdentifier, "aggregateIdentifier"),
                requireNonNull(identifierName, "identifierName"));
        return event.patch().read(payload, own, walk);
    }

    /**
     * The triggers that the event links its aggregate to.
     *
     * @param payload an event of exactly the class that was described
     * @return in order, empty if there are none; unmodifiable
     * @throws dev.coherence.value.InvalidInputException naming class and member, if something in the event that should be the
     *     id of a trigger is none
     * @throws IllegalArgumentException if the payload is of another class
     */
    public SortedSet<Identity> links(Object payload) {
        Walk walk = walk(payload);
        return event.links().isEmpty()
                ? Collections.emptySortedSet()
                : Collections.unmodifiableSortedSet(new TreeSet<>(event.links().read(payload, walk)));
    }

    /**
     * The effects that the event requests.
     *
     * @param payload an event of exactly the class that was described
     * @return one for each trigger, in order of the components that name them; unmodifiable
     * @throws dev.coherence.value.InvalidInputException naming class and member, if something in the event that should be the
     *     id of a trigger is none
     * @throws IllegalArgumentException if the payload is of another class
     */
    public List<Effect> effects(Object payload) {
        Walk walk = walk(payload);
        return event.effectReason()
                .map(reason -> event.fired().read(payload, walk).stream()
                        .map(trigger -> new Effect(reason, trigger))
                        .toList())
                .orElse(List.of());
    }

    private Walk walk(Object payload) {
        Class<?> type = requireNonNull(payload, "payload").getClass();
        if (type != event.type()) {
            throw new IllegalArgumentException(
                    "this describes events of %s, but was asked about one of %s; take the descriptor of its class"
                            .formatted(event.type().getTypeName(), type.getTypeName()));
        }
        return new Walk(type, records);
    }
}
