package dev.coherence.axon.guard;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.axon.conflict.Conflicts;
import dev.coherence.conflict.Dispute;
import java.util.Collection;
import java.util.List;

/** For commands without a revision: nothing is unseen. */
enum NoConflicts implements Conflicts {
    INSTANCE;

    @Override
    public List<Event> unseen() {
        return List.of();
    }

    @Override
    public List<Event> unseen(Identity aggregate) {
        requireNonNull(aggregate, "aggregate");
        return List.of();
    }

    @Override
    public List<Dispute> disputes(Object event) {
        requireNonNull(event, "event");
        return List.of();
    }

    @Override
    public List<Dispute> disputes(Identity aggregate, Object event) {
        requireNonNull(aggregate, "aggregate");
        return disputes(event);
    }

    @Override
    public void resolve(Collection<Long> sequenceNumbers) {
        sequenceNumbers.forEach(number -> requireNonNull(number, "sequenceNumbers"));
    }
}
