package dev.coherence.axon.guard.race;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;

/** Strict unless a command says otherwise; with snapshots. */
final class Article extends Entry {

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(Commands.ChangeArticle command) {
        change(command.id(), command.wishes());
    }
}
