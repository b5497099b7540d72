package dev.coherence.axon.effect;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.axon.annotation.Fires;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.revision.Revision;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** An annotated aggregate that is linked to a key, and does what its commands bring along. */
class Vault {

    static final String KIND = "Vault";

    record Open(
            @TargetAggregateIdentifier String id,
            @TargetRevision @Nullable Revision base,
            String keyId,
            Runnable first) {}

    @ActionEvent(reason = "open")
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    static class Opened {
        String id;

        @LinkedTo("key")
        String keyId;

        String by;

        Opened() {}

        Opened(String id, String keyId, String by) {
            this.id = id;
            this.keyId = keyId;
            this.by = by;
        }
    }

    @EffectEvent(reason = "expired")
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    static class KeyExpired {
        @Fires("key")
        String keyId;

        KeyExpired() {}

        KeyExpired(String keyId) {
            this.keyId = keyId;
        }
    }

    @AggregateIdentifier
    String id;

    Vault() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(Open command) {
        command.first().run();
        apply(new Opened(command.id(), command.keyId(), "somebody"));
    }

    @EventSourcingHandler
    void on(Opened event) {
        id = event.id;
    }
}
