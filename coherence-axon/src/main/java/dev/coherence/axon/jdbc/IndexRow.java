package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.storage.StreamNames;
import org.jspecify.annotations.Nullable;

/** A row of one of the tables of the index, as it is or as it should be. */
sealed interface IndexRow {

    /** The position in the global order of the event that it comes from. */
    long number();

    /** The table, the key and the values, for people to read. */
    String told();

    /** What a link is stored under. */
    record LinkKey(String identifier, String trigger) {}

    /** Since when an aggregate is linked to a trigger. */
    record Link(
            String identifier,
            String trigger,
            long number,
            long aggregateNumber,
            @Nullable String type) implements IndexRow {

        LinkKey key() {
            return new LinkKey(identifier, trigger);
        }

        @Override
        public String told() {
            return "the link of aggregate %s (type %s, number %d) to %s since event %d"
                    .formatted(identifier, type, aggregateNumber, trigger, number);
        }
    }

    /** An effect. */
    record Effect(long number, String trigger, String identifier) implements IndexRow {

        static Effect of(long number, Identity trigger, StreamNames names) {
            return new Effect(number, trigger.toString(), names.ofAggregate(trigger));
        }

        @Override
        public String told() {
            return "effect %d on %s, which names aggregate %s".formatted(number, trigger, identifier);
        }
    }

    /** A request for a replay. */
    record Request(
            long number,
            String reason,
            String kind,
            @Nullable String identifier,
            @Nullable String groups) implements IndexRow {

        static Request of(long number, ReplayRequested request, StreamNames names) {
            return new Request(
                    number,
                    request.reason(),
                    request.kind(),
                    request.aggregate().map(names::ofAggregate).orElse(null),
                    RequestTable.printed(request.groups()));
        }

        @Override
        public String told() {
            return "request %d for a replay of %s %s to %s"
                    .formatted(
                            number,
                            kind,
                            identifier == null ? "(all)" : identifier,
                            groups == null ? "all groups" : groups.strip().replace("\n", ", "));
        }
    }
}
