package dev.coherence;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.document.Document;
import dev.coherence.log.EventLog;
import dev.coherence.log.Reading;
import dev.coherence.rebase.RebaseBuilder;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.util.Iterator;
import java.util.List;

/** Passes each call on to the part that does it. */
final class CoherenceOverLog implements Coherence {

    private final EventLog log;
    private final CoherenceSettings settings;

    CoherenceOverLog(EventLog log, CoherenceSettings settings) {
        this.log = WellFormed.present("log", log);
        this.settings = WellFormed.present("settings", settings);
    }

    @Override
    public RebaseBuilder rebase(Revision base) {
        return new RebaseBuilder(
                log, base, settings.source(), settings.policy(), settings.clock(), settings.encryption());
    }

    @Override
    public List<Event> conflicts(Revision base, Identity aggregate) {
        WellFormed.present("base", base);
        WellFormed.present("aggregate", aggregate);
        long last = sequenceNumber();
        if (base.position().orElse(0) > last) {
            throw new InvalidInputException(
                    "base", "%s is beyond the last event, which has number %d".formatted(base, last));
        }
        if (base.version().isPresent()) {
            checkVersion(base, aggregate);
        }
        return log.unseen(aggregate, base);
    }

    private void checkVersion(Revision base, Identity aggregate) {
        long versions = log.nextVersion(aggregate);
        if (base.version().getAsLong() >= versions) {
            throw new InvalidInputException(
                    "base", "%s is beyond the last action on %s, which has %d".formatted(base, aggregate, versions));
        }
    }

    @Override
    public ReadBuilder read() {
        return new ReadBuilder(log);
    }

    @Override
    public AggregateState state(Identity aggregate) {
        WellFormed.present("aggregate", aggregate);
        try (Reading reading = log.history(aggregate)) {
            Document document = Document.empty();
            Revision revision = reading.revision();
            Iterator<RecordedAction> actions = reading.actions().iterator();
            while (actions.hasNext()) {
                RecordedAction action = actions.next();
                document = document.apply(action.action().patch());
                revision = revision.withVersion(action.version());
            }
            return new AggregateState(aggregate, document, revision);
        }
    }

    @Override
    public long sequenceNumber() {
        return log.head().position().orElse(0);
    }
}
