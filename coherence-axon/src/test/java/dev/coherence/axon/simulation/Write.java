package dev.coherence.axon.simulation;

import dev.coherence.action.Identity;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One event that is appended. */
sealed interface Write {

    /** What no other open transaction may write to meanwhile: trigger locks and the unique key see to that. */
    Set<Identity> locks();

    /**
     * An action on an aggregate.
     *
     * @param links triggers that it links the aggregate to
     * @param split whether it reaches processors as two events with one token, as upcasters may have it
     */
    record Act(Identity aggregate, Set<Identity> links, boolean split) implements Write {

        public Act {
            links = Set.copyOf(links);
        }

        @Override
        public Set<Identity> locks() {
            Set<Identity> locks = new TreeSet<>(links);
            locks.add(aggregate);
            return locks;
        }

        @Override
        public String toString() {
            return "%s acts%s%s".formatted(aggregate, links.isEmpty() ? "" : " +" + links, split ? " (split)" : "");
        }
    }

    /** An effect. */
    record Fire(Identity trigger) implements Write {

        @Override
        public Set<Identity> locks() {
            return Set.of(trigger);
        }

        @Override
        public String toString() {
            return "fire " + trigger;
        }
    }

    /**
     * A request for replays.
     *
     * @param aggregate the one aggregate to be replayed; all if empty
     * @param group the group to replay to; all if empty
     */
    record Ask(Optional<Identity> aggregate, Optional<String> group) implements Write {

        /** None that coherence takes; but the row that counts the requests is locked by who has made one. */
        @Override
        public Set<Identity> locks() {
            return Set.of(Identity.of("ask", toString()));
        }

        boolean concerns(Identity other, String otherGroup) {
            return aggregate.map(other::equals).orElse(true)
                    && group.map(otherGroup::equals).orElse(true);
        }

        @Override
        public String toString() {
            return "ask for %s in %s"
                    .formatted(aggregate.map(Identity::toString).orElse("all"), group.orElse("all groups"));
        }
    }
}
