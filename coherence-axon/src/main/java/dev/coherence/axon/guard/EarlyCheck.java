package dev.coherence.axon.guard;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.LostRaceException;
import dev.coherence.axon.conflict.ReportedConflict;
import dev.coherence.axon.index.ReadState;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.log.ConcurrentAppendException;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Optional;
import org.axonframework.modelling.command.Aggregate;

/**
 * Refuses a command before its handler runs, if the guard would refuse whatever the handler applies: the policy is strict,
 * something is unseen, and neither the handler nor a conflict handler can resolve it. That saves work, and nothing else rests
 * on it; effects alone are left to the guard, which has to look for them anyway. So is a part of another command if that has
 * a version, and so is a command that makes an aggregate, since it cannot be told yet which aggregate the version belongs to.
 */
final class EarlyCheck {

    private EarlyCheck() {}

    /** Checks the command whose handler is about to run, and notes in it whether that is one of an existing aggregate. */
    static void of(CommandScope scope, boolean handlerAsksItself) {
        scope.aggregate().ifPresent(aggregate -> {
            CommandContext command = scope.context();
            if (aggregate.version() == null) {
                return;
            }
            command.runsInExisting();
            if (!scope.isPart() || command.base().version().isEmpty()) {
                ofLoaded(command, aggregate, aggregate.version() + 1, handlerAsksItself);
            }
        });
    }

    private static void ofLoaded(
            CommandContext command, Aggregate<?> aggregate, long nextVersion, boolean handlerAsksItself) {
        ConflictSearch search = command.search();
        Identity identity = search.identity(aggregate);
        Revision base = command.base();
        boolean versionIsCurrent = base.version().isPresent() && base.version().getAsLong() == nextVersion - 1;
        if (versionIsCurrent
                || handlerAsksItself
                || search.policy(command, Optional.of(aggregate.rootType())) != ConflictPolicy.STRICT
                || search.handlers().exist(identity.kind())) {
            return;
        }
        List<Event> open =
                Unseen.of(command, unseen(command, identity, nextVersion)).open();
        if (!open.isEmpty()) {
            throw new ConflictException(ConflictReport.of(
                    command.intent().command(),
                    base,
                    open.stream()
                            .map(theirs -> ReportedConflict.early(identity, theirs))
                            .toList()));
        }
    }

    private static List<Event> unseen(CommandContext command, Identity identity, long nextVersion) {
        try {
            return command.search().unseen(command, new ReadState(identity, command.base()), nextVersion);
        } catch (ConcurrentAppendException e) {
            throw new LostRaceException("The store gave up the look for unseen events; send the command again", e);
        }
    }
}
