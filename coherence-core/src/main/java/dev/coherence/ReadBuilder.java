package dev.coherence;

import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.log.EventLog;
import dev.coherence.log.ReadQuery;
import dev.coherence.log.Reading;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.util.Arrays;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Says which actions to read: those after a revision (by default all), and all older ones of each aggregate that an
 * effect after the revision affects. In ascending order of numbers, each once. Not thread-safe.
 */
public final class ReadBuilder {

    private final EventLog log;
    private final SortedSet<Identity> aggregates = new TreeSet<>();
    private final SortedSet<String> kinds = new TreeSet<>();
    private Revision after = Revision.at(0);

    ReadBuilder(EventLog log) {
        this.log = log;
    }

    /**
     * What the reader has seen.
     *
     * @param sequenceNumber everything up to it was seen, inclusive; 0 for nothing
     * @throws InvalidInputException if it is negative
     */
    public ReadBuilder after(long sequenceNumber) {
        return after(Revision.at(sequenceNumber));
    }

    /** What the reader has seen, inclusive. It may have a version only if exactly one aggregate is read. */
    public ReadBuilder after(Revision revision) {
        this.after = WellFormed.present("after", revision);
        return this;
    }

    /** Adds aggregates to read; without any, all are. If kinds are given too, both must fit. */
    public ReadBuilder aggregates(Identity... more) {
        return aggregates(Arrays.asList(more));
    }

    /** Adds aggregates to read; without any, all are. If kinds are given too, both must fit. */
    public ReadBuilder aggregates(Collection<Identity> more) {
        more.forEach(aggregate -> aggregates.add(WellFormed.present("aggregates", aggregate)));
        return this;
    }

    /** Adds kinds of aggregates to read; without any, all are. If aggregates are given too, both must fit. */
    public ReadBuilder kinds(String... more) {
        return kinds(Arrays.asList(more));
    }

    /** Adds kinds of aggregates to read; without any, all are. If aggregates are given too, both must fit. */
    public ReadBuilder kinds(Collection<String> more) {
        more.forEach(kind -> kinds.add(WellFormed.name("kinds", kind)));
        return this;
    }

    /**
     * Opens the read; to be closed.
     *
     * @throws InvalidInputException if the revision has a version without exactly one aggregate, or a kind is malformed
     */
    public Reading open() {
        return log.read(new ReadQuery(after, aggregates, kinds));
    }

    /** Only the actions of {@link #open}; the stream is to be closed. */
    public Stream<RecordedAction> stream() {
        return open().actions();
    }
}
