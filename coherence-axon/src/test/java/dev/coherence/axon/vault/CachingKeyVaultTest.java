package dev.coherence.axon.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.key.DataKey;
import dev.coherence.key.EndedKeyException;
import dev.coherence.key.InMemoryKeyStorage;
import dev.coherence.key.KeyTerm;
import dev.coherence.key.KeyUse;
import dev.coherence.key.KeyVault;
import dev.coherence.key.LocalMasterKeys;
import dev.coherence.key.MasterKeys;
import dev.coherence.key.RetentionClasses;
import dev.coherence.key.StoredKeyVault;
import dev.coherence.key.WrappedKey;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachingKeyVaultTest {

    private static final Identity NAME = Identity.of("customer", "17");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicInteger unwrapped = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final KeyVault vault =
            new StoredKeyVault(new InMemoryKeyStorage(), counting(), RetentionClasses.none(), Clock.systemUTC());
    private final CachingKeyVault caching = CachingKeyVault.over(vault, 100, MINUTE, nanos::get);

    private MasterKeys counting() {
        MasterKeys masterKeys =
                LocalMasterKeys.of("2025", Map.of("2025", Base64.getEncoder().encodeToString(new byte[DataKey.BYTES])));
        return new MasterKeys() {
            @Override
            public WrappedKey wrap(DataKey key) {
                return masterKeys.wrap(key);
            }

            @Override
            public DataKey unwrap(Identity name, WrappedKey wrapped) {
                unwrapped.incrementAndGet();
                return masterKeys.unwrap(name, wrapped);
            }

            @Override
            public boolean isCurrent(WrappedKey wrapped) {
                return masterKeys.isCurrent(wrapped);
            }
        };
    }

    @Test
    void a_key_is_unwrapped_once_until_its_time_to_live_is_over() {
        caching.create(NAME, KeyTerm.unlimited());
        KeyUse use = caching.use(NAME);
        nanos.addAndGet(MINUTE.toNanos() - 1);
        assertThat(caching.use(NAME)).isEqualTo(use);
        assertThat(unwrapped).hasValue(1);
        nanos.addAndGet(1);
        assertThat(caching.use(NAME)).isEqualTo(use);
        assertThat(unwrapped).hasValue(2);
    }

    @Test
    void a_key_that_ends_here_is_gone_at_once() {
        caching.create(NAME, KeyTerm.unlimited());
        assertThat(caching.use(NAME)).isInstanceOf(KeyUse.Usable.class);
        caching.end(NAME);
        assertThat(caching.use(NAME)).isInstanceOf(KeyUse.Ended.class);
    }

    @Test
    void a_key_that_ends_elsewhere_is_gone_after_its_time_to_live_and_cannot_be_held_before() {
        caching.create(NAME, KeyTerm.unlimited());
        assertThat(caching.use(NAME)).isInstanceOf(KeyUse.Usable.class);
        vault.end(NAME);
        assertThat(caching.use(NAME)).isInstanceOf(KeyUse.Usable.class);
        assertThatThrownBy(() -> caching.hold(new TreeSet<>(List.of(NAME)))).isInstanceOf(EndedKeyException.class);
        nanos.addAndGet(MINUTE.toNanos());
        assertThat(caching.use(NAME)).isInstanceOf(KeyUse.Ended.class);
    }

    @Test
    void a_key_that_ends_elsewhere_is_gone_when_it_is_forgotten() {
        caching.create(NAME, KeyTerm.unlimited());
        caching.use(NAME);
        vault.end(NAME);
        caching.forget(NAME);
        assertThat(caching.use(NAME)).isInstanceOf(KeyUse.Ended.class);

        Identity other = Identity.of("customer", "18");
        caching.create(other, KeyTerm.unlimited());
        caching.use(other);
        vault.end(other);
        caching.forgetAll();
        assertThat(caching.use(other)).isInstanceOf(KeyUse.Ended.class);
    }

    @Test
    void a_key_that_was_unknown_is_found_once_it_is_created() {
        assertThat(caching.use(NAME)).isInstanceOf(KeyUse.Unknown.class);
        vault.create(NAME, KeyTerm.unlimited());
        assertThat(caching.use(NAME)).isInstanceOf(KeyUse.Usable.class);
    }

    @Test
    void keys_that_end_as_their_time_is_over_are_gone_at_once() {
        Clock[] clock = {Clock.systemUTC()};
        KeyVault timed = new StoredKeyVault(
                new InMemoryKeyStorage(),
                counting(),
                RetentionClasses.none(),
                ((InstantSource) () -> clock[0].instant()).withZone(ZoneOffset.UTC));
        CachingKeyVault cached = CachingKeyVault.over(timed, 100, MINUTE, nanos::get);
        cached.create(NAME, KeyTerm.until(clock[0].instant().plusSeconds(60)));
        cached.use(NAME);
        clock[0] = Clock.offset(clock[0], Duration.ofMinutes(2));
        assertThat(cached.endDue(10)).hasSize(1);
        assertThat(cached.use(NAME)).isInstanceOf(KeyUse.Ended.class);
    }

    @Test
    void size_and_time_to_live_are_positive() {
        assertThatThrownBy(() -> CachingKeyVault.over(vault, 0, MINUTE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CachingKeyVault.over(vault, 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
