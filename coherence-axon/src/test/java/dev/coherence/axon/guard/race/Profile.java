package dev.coherence.axon.guard.race;

import dev.coherence.action.Effect;
import dev.coherence.axon.annotation.ConflictHandler;
import dev.coherence.axon.annotation.OnConflict;
import dev.coherence.axon.conflict.Resolution;
import dev.coherence.axon.guard.race.Changes.Retired;
import dev.coherence.axon.guard.race.Changes.Revised;
import dev.coherence.conflict.ConflictPolicy;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;

/** Merges unless a command says otherwise; with a cache and conflict handlers. */
@OnConflict(ConflictPolicy.MERGE)
final class Profile extends Entry {

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(Commands.ChangeProfile command) {
        change(command.id(), command.wishes());
    }

    @ConflictHandler
    Resolution on(Revised ours, Revised theirs) {
        return Rules.decide(ours, theirs);
    }

    @ConflictHandler
    Resolution on(Revised ours, Effect theirs) {
        return Rules.decide(ours, theirs);
    }

    @ConflictHandler
    Resolution on(Retired ours, Revised theirs) {
        return Rules.decide(ours, theirs);
    }
}
