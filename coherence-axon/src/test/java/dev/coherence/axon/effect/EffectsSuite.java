package dev.coherence.axon.effect;

import dev.coherence.CoherenceSettings;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.effect.Vault.Open;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.guard.GuardedApplication;
import dev.coherence.revision.Revision;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.scheduling.EventScheduler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** What effects promise. Each store is opened once for all tests, which use triggers of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EffectsSuite {

    static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456789Z");
    static final CoherenceSettings SETTINGS =
            CoherenceSettings.withSource("shop").withClock(Clock.fixed(NOW, ZoneOffset.UTC));

    @Parameter
    Engine on;

    GuardedApplication app;
    AxonEffects effects;

    @Nullable
    EventScheduler scheduler;

    @BeforeParameterizedClassInvocation
    void start() {
        app = GuardedApplication.start(on, this::configure);
        effects = build();
    }

    void configure(Configurer configurer) {
        configurer.configureAggregate(Vault.class);
    }

    AxonEffects build() {
        return AxonEffects.builder()
                .eventStore(app.store.eventStore)
                .transactionManager(app.store.transactions)
                .index(app.store.index)
                .settings(SETTINGS)
                .scheduler(() -> Optional.ofNullable(scheduler))
                .build();
    }

    @AfterParameterizedClassInvocation
    void stop() {
        effects.close();
        app.close();
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    /** An effect on a trigger that nobody has fired yet. */
    static Effect newEffect() {
        return new Effect("expired", key(newId()));
    }

    static Identity key(String id) {
        return Identity.of("key", id);
    }

    /** The stored effects on the trigger. */
    List<DomainEventMessage<?>> stored(Identity trigger) {
        List<DomainEventMessage<?>> events = new ArrayList<>();
        app.store
                .eventStore
                .readEvents(app.store.index.streamNames().ofEffects(trigger), 0)
                .forEachRemaining(events::add);
        return events;
    }

    List<Object> payloads(Identity trigger) {
        return stored(trigger).stream()
                .<Object>map(DomainEventMessage::getPayload)
                .toList();
    }

    static EffectFired form(Effect effect) {
        return EffectFired.of(effect);
    }

    long number(DomainEventMessage<?> event) {
        return app.store.index.numbers(List.of(event.getIdentifier())).get(event.getIdentifier());
    }

    long last() {
        return app.store.index.lastNumber();
    }

    /** Opens a vault that is linked to the key, and does something before. */
    void open(String id, @Nullable Revision base, String keyId, Runnable first) {
        app.commands.sendAndWait(new Open(id, base, keyId, first));
    }

    /** What somebody has seen who reads the vault now. */
    Revision current(String id) {
        return app.store.index.head().withVersion(app.store.index.nextVersion(Vault.KIND, id) - 1);
    }

    void inTransaction(Runnable work) {
        app.store.inTransaction(() -> {
            work.run();
            return work;
        });
    }
}
