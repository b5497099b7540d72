package dev.coherence.log;

import dev.coherence.Coherence;
import dev.coherence.action.Action;
import dev.coherence.action.Change;
import dev.coherence.action.Identity;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.rebase.RebaseBuilder;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A rebase as one value, for random tests. */
record RebaseAttempt(Revision base, List<Change> history, Set<Long> resolved, ConflictPolicy policy, boolean dryRun) {

    RebaseResult on(Coherence coherence) {
        RebaseBuilder builder =
                coherence.rebase(base).resolved(resolved).policy(policy).dryRun(dryRun);
        history.forEach(change -> builder.append(change, Optional.empty(), Optional.empty()));
        return builder.execute();
    }

    List<Action> actions() {
        return history.stream()
                .flatMap(change -> change.<Stream<Action>>fold(Stream::of, effect -> Stream.empty()))
                .toList();
    }

    List<Identity> aggregates() {
        return actions().stream().map(Action::aggregate).distinct().toList();
    }
}
