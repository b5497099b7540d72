package dev.coherence.key;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long data of a class may be kept, by the calendar, in UTC: one month from 31 January on ends with February. Immutable.
 *
 * @param periods by the names of the classes; each is longer than nothing
 */
public record RetentionClasses(Map<String, Period> periods) {

    /**
     * Copies the map.
     *
     * @throws InvalidInputException naming the class, if its period is negative or nothing
     */
    public RetentionClasses {
        periods = Map.copyOf(periods);
        periods.forEach((name, period) -> {
            WellFormed.name("retention", name);
            if (period.isNegative() || period.isZero()) {
                throw new InvalidInputException(
                        "retention." + name, period + " is no time to keep anything; write one such as P3Y");
            }
        });
    }

    /** No class at all. */
    public static RetentionClasses none() {
        return new RetentionClasses(Map.of());
    }

    /** When a key of the term ends that is created now (exclusive); empty if it ends by request only. */
    Optional<Instant> end(KeyTerm term, Instant now) {
        return term.retention().isEmpty()
                ? term.end()
                : term.retention()
                        .map(name ->
                                now.atOffset(ZoneOffset.UTC).plus(period(name)).toInstant());
    }

    private Period period(String name) {
        Period period = periods.get(name);
        if (period == null) {
            throw new InvalidInputException(
                    "retention",
                    "%s is no retention class, only %s are; configure its period"
                            .formatted(InvalidInputException.quoted(name), new TreeMap<>(periods).keySet()));
        }
        return period;
    }
}
