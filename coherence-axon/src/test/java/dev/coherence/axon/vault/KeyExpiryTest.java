package dev.coherence.axon.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.axon.OwnThread;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.effect.AxonEffects;
import dev.coherence.axon.guard.GuardedApplication;
import dev.coherence.axon.jdbc.JdbcKeyStorage;
import dev.coherence.axon.jdbc.KeySchema;
import dev.coherence.key.DataKey;
import dev.coherence.key.KeyInfo;
import dev.coherence.key.KeyTerm;
import dev.coherence.key.KeyUse;
import dev.coherence.key.KeyVault;
import dev.coherence.key.LocalMasterKeys;
import dev.coherence.key.RetentionClasses;
import dev.coherence.key.StoredKeyVault;
import dev.coherence.key.UnknownKeyException;
import dev.coherence.value.Limits;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(names = {"H2_JDBC", "H2_JPA", "POSTGRES_JDBC", "POSTGRES_JPA"})
class KeyExpiryTest {

    private static final Identity NAME = Identity.of("customer", "17");

    @Parameter
    Engine engine;

    private GuardedApplication application;
    private AxonEffects effects;
    private Clock clock = Clock.systemUTC();
    private KeyVault vault;
    private KeyExpiry expiry;

    @BeforeEach
    void open() throws SQLException {
        application = GuardedApplication.start(engine, configurer -> {});
        try (Connection connection = application.store.database().getConnection()) {
            KeySchema.create(connection);
        }
        effects = AxonEffects.builder()
                .eventStore(application.store.eventStore)
                .transactionManager(application.store.transactions)
                .index(application.store.index)
                .settings(CoherenceSettings.withSource("shop"))
                .build();
        vault = vault();
        expiry = new KeyExpiry(vault, effects);
    }

    private KeyVault vault() {
        return new StoredKeyVault(
                JdbcKeyStorage.over(
                        application.store.connections(), application.store.transactions, application.store.database()),
                LocalMasterKeys.of("2025", Map.of("2025", Base64.getEncoder().encodeToString(new byte[DataKey.BYTES]))),
                RetentionClasses.none(),
                clock);
    }

    @AfterEach
    void close() {
        expiry.close();
        effects.close();
        application.close();
    }

    private List<? extends DomainEventMessage<?>> effectsOn(Identity name) {
        return application
                .store
                .eventStore
                .readEvents(application.store.index.streamNames().ofEffects(name), 0)
                .asStream()
                .toList();
    }

    private long number(Identity name) {
        String event = effectsOn(name).get(0).getIdentifier();
        return application.store.index.numbers(List.of(event)).get(event);
    }

    private void assertToldOnce(Identity name) {
        assertThat(effectsOn(name)).as("effects on %s", name).hasSize(1);
        KeyInfo key = vault.find(name).orElseThrow();
        assertThat(key.hasEnded()).isTrue();
        assertThat(key.effect()).contains(number(name));
    }

    @Test
    void a_key_is_destroyed_and_its_end_told_once() {
        vault.create(NAME, KeyTerm.unlimited());
        OptionalLong number = expiry.expire(NAME);

        assertThat(vault.use(NAME)).isInstanceOf(KeyUse.Ended.class);
        assertThat(number).hasValue(number(NAME));
        assertThat(expiry.expire(NAME)).isEqualTo(number);
        assertToldOnce(NAME);
    }

    @Test
    void a_key_that_is_not_there_is_refused_and_nothing_told() {
        assertThatThrownBy(() -> expiry.expire(NAME)).isInstanceOf(UnknownKeyException.class);
        assertThat(effectsOn(NAME)).isEmpty();
    }

    @Test
    void a_key_of_the_longest_name_is_told_as_well() {
        Identity longest = Identity.of("k", "x".repeat(Limits.MAX_NAME_LENGTH - 2));
        vault.create(longest, KeyTerm.unlimited());
        assertThat(expiry.expire(longest)).isPresent();
    }

    @Test
    void a_crash_after_the_key_was_destroyed_is_repaired() {
        vault.create(NAME, KeyTerm.unlimited());
        vault.end(NAME);

        assertThat(expiry.round()).isZero();
        assertToldOnce(NAME);
        expiry.round();
        assertToldOnce(NAME);
    }

    @Test
    void a_crash_after_the_effect_was_fired_is_repaired() {
        vault.create(NAME, KeyTerm.unlimited());
        assertThatThrownBy(() -> new KeyExpiry(crashingBefore("told"), effects).expire(NAME))
                .hasMessage("crash");
        assertThat(effectsOn(NAME)).hasSize(1);
        assertThat(vault.untold(10)).hasSize(1);

        expiry.round();
        assertToldOnce(NAME);
    }

    private KeyVault crashingBefore(String method) {
        return (KeyVault) Proxy.newProxyInstance(
                KeyVault.class.getClassLoader(), new Class<?>[] {KeyVault.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        throw new IllegalStateException("crash");
                    }
                    try {
                        return called.invoke(vault, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void in_a_transaction_that_is_rolled_back_the_key_is_destroyed_all_the_same_and_told_later() {
        vault.create(NAME, KeyTerm.unlimited());
        assertThatThrownBy(() -> application.store.inTransaction(() -> {
                    assertThat(expiry.expire(NAME)).isEmpty();
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");
        assertThat(vault.use(NAME)).isInstanceOf(KeyUse.Ended.class);
        assertThat(effectsOn(NAME)).isEmpty();

        expiry.round();
        assertToldOnce(NAME);
    }

    @Test
    void in_a_transaction_the_effect_is_fired_at_its_commit() {
        vault.create(NAME, KeyTerm.unlimited());
        application.store.inTransaction(() -> expiry.expire(NAME));
        assertThat(effectsOn(NAME)).hasSize(1);

        expiry.round();
        assertToldOnce(NAME);
    }

    @Test
    void many_nodes_end_each_key_once_and_tell_it_once() {
        int keys = 60;
        Instant end = clock.instant().plusSeconds(60);
        List<Identity> names = IntStream.range(0, keys)
                .mapToObj(i -> Identity.of("customer", "" + i))
                .toList();
        names.forEach(name -> vault.create(name, KeyTerm.until(end)));
        clock = Clock.offset(clock, Duration.ofMinutes(2));

        List<CompletableFuture<Integer>> nodes = IntStream.range(0, 4)
                .mapToObj(node -> OwnThread.supply(() -> untilDone(new KeyExpiry(vault(), effects))))
                .toList();
        int ended = nodes.stream().mapToInt(CompletableFuture::join).sum();

        assertThat(ended).isEqualTo(keys);
        vault = vault();
        assertThat(names).allSatisfy(this::assertToldOnce);
    }

    /** A round may lose a race; the next one does the rest, as the scheduled ones do. */
    private static int untilDone(KeyExpiry node) {
        int ended = 0;
        for (int round = 0; round < 20; round++) {
            try {
                ended += node.round();
                return ended;
            } catch (RuntimeException e) {
                assertThat(e.getClass().getSimpleName()).isIn("LostRaceException", "ConcurrentAppendException");
            }
        }
        throw new AssertionError("no round went through");
    }

    @Test
    void rounds_go_on_by_themselves_also_after_a_failure() {
        clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1));
        vault = vault();
        vault.create(NAME, KeyTerm.until(clock.instant().plusSeconds(1)));
        boolean[] failed = new boolean[1];
        clock = Clock.systemUTC();
        KeyVault failingOnce = (KeyVault) Proxy.newProxyInstance(
                KeyVault.class.getClassLoader(), new Class<?>[] {KeyVault.class}, (proxy, called, arguments) -> {
                    if (!failed[0]) {
                        failed[0] = true;
                        throw new IllegalStateException("the database is away");
                    }
                    return called.invoke(vault, arguments);
                });
        vault = vault();
        try (KeyExpiry rounds = new KeyExpiry(failingOnce, effects)) {
            rounds.start(Duration.ofMillis(50));
            assertThatThrownBy(() -> rounds.start(Duration.ofMillis(50))).isInstanceOf(IllegalStateException.class);
            await().untilAsserted(() ->
                    assertThat(vault.find(NAME).flatMap(KeyInfo::effect)).isPresent());
        }
        assertToldOnce(NAME);
        assertThat(vault.list(Optional.empty(), 10)).hasSize(1);
    }

    /** Else what is encrypted with the key of the first transaction could never be read. */
    @Test
    void a_cache_does_not_remember_a_key_whose_transaction_was_rolled_back() {
        KeyVault cached = CachingKeyVault.over(vault, 100, Duration.ofHours(1));
        KeyUse[] lost = new KeyUse[1];
        assertThatThrownBy(() -> application.store.inTransaction(() -> {
                    cached.create(NAME, KeyTerm.unlimited());
                    lost[0] = cached.use(NAME);
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");
        vault.create(NAME, KeyTerm.unlimited()); // by another node

        assertThat(cached.use(NAME)).isEqualTo(vault.use(NAME)).isNotEqualTo(lost[0]);
    }

    @Test
    void an_interval_is_positive() {
        assertThatThrownBy(() -> expiry.start(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
