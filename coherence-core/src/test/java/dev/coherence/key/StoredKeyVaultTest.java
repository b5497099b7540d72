package dev.coherence.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.key.KeyUse.Ended;
import dev.coherence.key.KeyUse.Unknown;
import dev.coherence.key.KeyUse.Usable;
import dev.coherence.value.InvalidInputException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StoredKeyVaultTest {

    private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");
    private static final Identity NAME = Identity.of("customer", "17");

    private final InMemoryKeyStorage storage = new InMemoryKeyStorage();
    private Instant now = START;
    private final KeyVault vault = vault("2025");

    private KeyVault vault(String masterKey) {
        Map<String, String> masterKeys = Map.of("2025", secret(1), "2026", secret(2));
        RetentionClasses retention = new RetentionClasses(Map.of("customer", Period.parse("P1M")));
        return new StoredKeyVault(storage, LocalMasterKeys.of(masterKey, masterKeys), retention, clock());
    }

    private static String secret(int content) {
        byte[] bytes = new byte[DataKey.BYTES];
        bytes[0] = (byte) content;
        return Base64.getEncoder().encodeToString(bytes);
    }

    private Clock clock() {
        return ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    }

    private void hold(Identity... names) {
        vault.hold(new TreeSet<>(List.of(names)));
    }

    @Nested
    class A_key {

        @Test
        void is_the_same_at_each_use() {
            vault.create(NAME, KeyTerm.unlimited());
            KeyUse use = vault.use(NAME);
            assertThat(use).isInstanceOf(Usable.class).isEqualTo(vault.use(NAME));
            hold(NAME);
        }

        @Test
        void is_another_one_under_each_name() {
            Identity other = Identity.of("customer", "18");
            vault.create(NAME, KeyTerm.unlimited());
            vault.create(other, KeyTerm.unlimited());
            DataKey one = ((Usable) vault.use(NAME)).key();
            DataKey two = ((Usable) vault.use(other)).key();
            assertThat(one.secret()).isNotEqualTo(two.secret());
        }

        @Test
        void is_created_once() {
            vault.create(NAME, KeyTerm.unlimited());
            KeyUse before = vault.use(NAME);
            assertThatThrownBy(() -> vault.create(NAME, KeyTerm.unlimited()))
                    .isInstanceOfSatisfying(
                            ExistingKeyException.class,
                            e -> assertThat(e.name()).isEqualTo(NAME));
            assertThat(vault.use(NAME)).isEqualTo(before);
        }

        @Test
        void that_was_never_created_is_unknown() {
            assertThat(vault.use(NAME)).isEqualTo(new Unknown(NAME));
            assertThat(vault.find(NAME)).isEmpty();
            assertThatThrownBy(() -> hold(NAME))
                    .isInstanceOfSatisfying(
                            UnknownKeyException.class, e -> assertThat(e.name()).isEqualTo(NAME));
            assertThatThrownBy(() -> vault.end(NAME)).isInstanceOf(UnknownKeyException.class);
            assertThatThrownBy(() -> vault.extend(NAME, START.plusSeconds(1))).isInstanceOf(UnknownKeyException.class);
            assertThatThrownBy(() -> vault.told(NAME, 1)).isInstanceOf(UnknownKeyException.class);
        }
    }

    @Nested
    class A_key_that_was_ended {

        @Test
        void is_destroyed() {
            vault.create(NAME, KeyTerm.unlimited());
            now = START.plusSeconds(5);
            KeyInfo ended = vault.end(NAME);

            assertThat(ended.endedAt()).contains(now);
            assertThat(storage.find(NAME).orElseThrow().wrapped()).isEmpty();
            assertThat(vault.use(NAME)).isEqualTo(new Ended(NAME, now));
            assertThat(vault.find(NAME)).contains(ended);
        }

        @Test
        void stays_so_and_keeps_its_time() {
            vault.create(NAME, KeyTerm.unlimited());
            KeyInfo ended = vault.end(NAME);
            now = START.plusSeconds(5);
            assertThat(vault.end(NAME)).isEqualTo(ended);
            assertThatThrownBy(() -> vault.extend(NAME, now.plusSeconds(1))).isInstanceOf(EndedKeyException.class);
            assertThatThrownBy(() -> vault.create(NAME, KeyTerm.unlimited())).isInstanceOf(ExistingKeyException.class);
        }

        @Test
        void cannot_be_held_with_others() {
            Identity other = Identity.of("customer", "18");
            vault.create(NAME, KeyTerm.unlimited());
            vault.create(other, KeyTerm.unlimited());
            vault.end(NAME);
            assertThatThrownBy(() -> hold(NAME, other))
                    .isInstanceOfSatisfying(EndedKeyException.class, e -> {
                        assertThat(e.name()).isEqualTo(NAME);
                        assertThat(e.endedAt()).isEqualTo(START);
                    })
                    .hasMessageContainingAll("customer:17", START.toString());
        }

        @Test
        void is_untold_until_it_is_told() {
            vault.create(NAME, KeyTerm.unlimited());
            assertThatThrownBy(() -> vault.told(NAME, 9)).isInstanceOf(IllegalStateException.class);
            KeyInfo ended = vault.end(NAME);
            assertThat(vault.untold(10)).containsExactly(ended);
            vault.told(NAME, 9);
            assertThat(vault.untold(10)).isEmpty();
            assertThat(vault.find(NAME).orElseThrow().effect()).contains(9L);
        }
    }

    @Nested
    class A_key_with_an_end {

        private final Instant end = START.plusSeconds(60);

        @Test
        void ends_exactly_then() {
            vault.create(NAME, KeyTerm.until(end));
            now = end.minusNanos(1);
            hold(NAME);
            assertThat(vault.endDue(10)).isEmpty();
            now = end;
            assertThatThrownBy(() -> hold(NAME)).isInstanceOf(EndedKeyException.class);
            assertThat(vault.endDue(10)).extracting(KeyInfo::endedAt).containsExactly(Optional.of(end));
            assertThat(vault.endDue(10)).isEmpty();
        }

        @Test
        void may_be_extended_until_then() {
            vault.create(NAME, KeyTerm.until(end));
            Instant later = end.plusSeconds(60);
            assertThat(vault.extend(NAME, later).endsAt()).contains(later);
            now = end;
            hold(NAME);
            now = later;
            assertThatThrownBy(() -> vault.extend(NAME, later.plusSeconds(1))).isInstanceOf(EndedKeyException.class);
        }

        @Test
        void is_not_created_or_extended_into_the_past() {
            assertThatThrownBy(() -> vault.create(NAME, KeyTerm.until(START)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("end it instead");
            vault.create(NAME, KeyTerm.unlimited());
            assertThatThrownBy(() -> vault.extend(NAME, START)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void takes_it_from_its_retention_class_by_the_calendar() {
            KeyInfo key = vault.create(NAME, KeyTerm.retention("customer"));
            assertThat(key.endsAt()).contains(Instant.parse("2026-02-28T10:00:00Z"));
            assertThat(key.retention()).contains("customer");
        }

        @Test
        void needs_a_retention_class_that_is_configured() {
            assertThatThrownBy(() -> vault.create(NAME, KeyTerm.retention("client")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "retention: \"client\" is no retention class, only [customer] are; configure its period");
        }
    }

    @Nested
    class A_clock_that_was_set_back {

        @Test
        void is_noticed_before_anything_is_created_extended_or_ended() {
            vault.create(NAME, KeyTerm.unlimited());
            now = START.minus(StoredKeyVault.CLOCK_TOLERANCE).minusNanos(1);
            Identity other = Identity.of("customer", "18");
            assertSetBack(() -> vault.create(other, KeyTerm.unlimited()));
            assertSetBack(() -> vault.extend(NAME, START.plusSeconds(1)));
            assertSetBack(() -> vault.end(NAME));
            assertSetBack(() -> vault.endDue(1));
            assertThat(vault.list(Optional.empty(), 10)).hasSize(1).noneMatch(KeyInfo::hasEnded);
        }

        private void assertSetBack(Runnable work) {
            assertThatThrownBy(work::run).isInstanceOfSatisfying(ClockSetBackException.class, e -> {
                assertThat(e.now()).isEqualTo(now);
                assertThat(e.seen()).isEqualTo(START);
            });
        }

        @Test
        void may_differ_a_little() {
            vault.create(NAME, KeyTerm.unlimited());
            now = START.minus(StoredKeyVault.CLOCK_TOLERANCE);
            assertThat(vault.end(NAME).hasEnded()).isTrue();
        }
    }

    @Nested
    class After_a_rotation {

        @Test
        void keys_are_wrapped_anew_page_by_page_and_stay_the_same() {
            List<Identity> names = List.of(NAME, Identity.of("customer", "18"), Identity.of("customer", "19"));
            names.forEach(name -> vault.create(name, KeyTerm.unlimited()));
            vault.end(names.get(1));
            KeyUse before = vault.use(NAME);
            KeyVault rotated = vault("2026");

            assertThat(rotated.rewrap(Optional.empty(), 2))
                    .extracting(KeyInfo::masterKey)
                    .containsExactly(Optional.of("2026"), Optional.empty());
            assertThat(rotated.rewrap(Optional.of(names.get(1)), 2))
                    .extracting(KeyInfo::masterKey)
                    .containsExactly(Optional.of("2026"));
            assertThat(rotated.rewrap(Optional.of(names.get(2)), 2)).isEmpty();
            assertThat(rotated.use(NAME)).isEqualTo(before);
        }

        @Test
        void a_key_that_is_wrapped_with_the_current_one_is_left_alone() {
            vault.create(NAME, KeyTerm.unlimited());
            Optional<StoredKey> before = storage.find(NAME);
            vault.rewrap(Optional.empty(), 10);
            assertThat(storage.find(NAME)).isEqualTo(before);
        }
    }

    @Test
    void a_limit_is_positive() {
        assertThatThrownBy(() -> vault.list(Optional.empty(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> vault.endDue(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> vault.untold(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
