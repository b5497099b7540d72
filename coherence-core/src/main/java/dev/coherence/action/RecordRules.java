package dev.coherence.action;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.time.Instant;

/** What every recorded event keeps to. */
final class RecordRules {

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private RecordRules() {}

    static void check(long sequenceNumber, Instant timestamp, String source) {
        if (sequenceNumber < 1) {
            throw new InvalidInputException("sequenceNumber", "must be 1 or more, but is " + sequenceNumber);
        }
        WellFormed.present("timestamp", timestamp);
        if (timestamp.isBefore(EARLIEST) || timestamp.isAfter(LATEST)) {
            throw new InvalidInputException(
                    "timestamp", "must be from year 0 to year 9999 in UTC, but is " + timestamp);
        }
        WellFormed.name("source", source);
    }
}
