package dev.coherence.axon.command;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.revision.Revision;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the sender of a command says about the state that the command is meant for. Immutable.
 *
 * @param command the name of the command
 * @param base what the sender had read; nothing if the command has no revision
 * @param resolved the numbers of unseen events that the sender accepts
 * @param policy what counts as a conflict, if the command says so itself
 */
public record CommandIntent(
        String command, Optional<Revision> base, SortedSet<Long> resolved, Optional<ConflictPolicy> policy) {

    /** Copies the numbers. */
    public CommandIntent {
        requireNonNull(command, "command");
        requireNonNull(base, "base");
        requireNonNull(policy, "policy");
        resolved = unmodifiableSortedSet(new TreeSet<>(resolved));
    }

    /** The command as an error names it: its name without the package. */
    public String simpleName() {
        return command.substring(command.lastIndexOf('.') + 1);
    }
}
