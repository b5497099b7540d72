package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.action.Path;
import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.effect.AxonEffects;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.jdbc.JdbcKeyStorage;
import dev.coherence.axon.jdbc.KeySchema;
import dev.coherence.axon.replay.AggregateReset;
import dev.coherence.axon.vault.CachedKeys;
import dev.coherence.axon.vault.CachingKeyVault;
import dev.coherence.axon.vault.KeyExpiry;
import dev.coherence.encryption.Encrypted;
import dev.coherence.encryption.Encryption;
import dev.coherence.key.DataKey;
import dev.coherence.key.KeyTerm;
import dev.coherence.key.KeyVault;
import dev.coherence.key.LocalMasterKeys;
import dev.coherence.key.RetentionClasses;
import dev.coherence.key.StoredKeyVault;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.annotation.SourceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A key ends on one node, while another remembers it, and replays what it has encrypted. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"TRACKING_ON_H2", "POOLED_ON_POSTGRES", "POOLED_ON_POSTGRES_WITH_JPA"})
class KeysEndedElsewhereTest extends NodesWithRows {

    private static final Identity CUSTOMER = Identity.of("customer", "17");
    private static final String CLEAR = "\"4111-clear\"";
    private static final String MASK = "\"*\"";

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private CachingKeyVault remembering;
    private AxonEffects effects;
    private KeyExpiry elsewhere;

    @BeforeEach
    void openVaults() throws SQLException {
        try (Connection connection = store.database().getConnection()) {
            KeySchema.create(connection);
        }
        effects = AxonEffects.builder()
                .eventStore(store.eventStore)
                .transactionManager(store.transactions)
                .index(store.index)
                .settings(CoherenceSettings.withSource("shop"))
                .build();
        elsewhere = new KeyExpiry(vault(), effects);
        remembering = CachingKeyVault.over(vault(), 100, Duration.ofHours(1));
    }

    @AfterEach
    void closeVaults() {
        elsewhere.close();
        effects.close();
    }

    private KeyVault vault() {
        String masterKey = Base64.getEncoder().encodeToString(new byte[DataKey.BYTES]);
        return new StoredKeyVault(
                JdbcKeyStorage.over(store.connections(), store.transactions, store.database()),
                LocalMasterKeys.of("2026", Map.of("2026", masterKey)),
                RetentionClasses.none(),
                Clock.systemUTC());
    }

    @ProcessingGroup("cards")
    @ReplayOnEffect
    class Cards {

        private final Encryption encryption = Encryption.with(remembering);

        @EventHandler
        void on(PatchApplied event, @SourceId String order) {
            seen.add(encryption
                    .reveal(Identity.parse(order), event.patch())
                    .assoc()
                    .get(Path.of("card"))
                    .toJson());
        }

        @AggregateResetHandler
        void reset(AggregateReset reset) {
            seen.add("reset");
        }
    }

    private void pay() {
        Encryption encryption = Encryption.with(remembering);
        remembering.create(CUSTOMER, KeyTerm.unlimited());
        Coherence.over(store.log, CoherenceSettings.withSource("shop").withEncryption(encryption))
                .rebase(store.index.head())
                .action(action -> action.reason("pay")
                        .actor("user", "ann")
                        .aggregate("order", "1")
                        .assoc("card", Encrypted.of("4111-clear", CUSTOMER).withMask("*")))
                .execute();
    }

    private void awaitSeen(String... expected) {
        await().atMost(ReplayApplication.PATIENCE)
                .untilAsserted(() -> assertThat(seen).containsExactly(expected));
    }

    @Test
    void cannot_be_read_with_in_the_replay() {
        pay();
        try (var application =
                node().handlers(new Cards()).remembering(remembering).start()) {
            awaitSeen(CLEAR);
            elsewhere.expire(CUSTOMER);
            awaitSeen(CLEAR, "reset", MASK);
            assertThat(application.processor("cards").isError()).isFalse();
        }
    }

    @Test
    void could_be_read_with_if_replays_knew_nothing_of_them_which_is_the_control() {
        pay();
        try (var application =
                node().handlers(new Cards()).remembering(CachedKeys.none()).start()) {
            awaitSeen(CLEAR);
            elsewhere.expire(CUSTOMER);
            awaitSeen(CLEAR, "reset", CLEAR);
            assertThat(application.processor("cards").isError()).isFalse();
        }
    }
}
