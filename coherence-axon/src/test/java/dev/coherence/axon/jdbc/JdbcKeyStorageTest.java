package dev.coherence.axon.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.axon.OwnThread;
import dev.coherence.axon.jdbc.KeyTables.Engine;
import dev.coherence.key.DataKey;
import dev.coherence.key.EndedKeyException;
import dev.coherence.key.ExistingKeyException;
import dev.coherence.key.KeyTerm;
import dev.coherence.key.KeyUse;
import dev.coherence.key.KeyVault;
import dev.coherence.key.LocalMasterKeys;
import dev.coherence.key.RetentionClasses;
import dev.coherence.key.StoredKeyVault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Several transactions and the keys of a vault, in a database. */
@ParameterizedClass(name = "{0}")
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcKeyStorageTest {

    private static final int THREADS = 8;

    @Parameter
    Engine engine;

    private KeyTables tables;
    private KeyVault vault;
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private int names;

    @BeforeParameterizedClassInvocation
    void open() {
        tables = engine.open();
        vault = new StoredKeyVault(
                tables.storage(),
                LocalMasterKeys.of("2025", Map.of("2025", Base64.getEncoder().encodeToString(new byte[DataKey.BYTES]))),
                RetentionClasses.none(),
                ((InstantSource) () -> now).withZone(ZoneOffset.UTC));
    }

    @AfterParameterizedClassInvocation
    void close() {
        tables.close();
    }

    private Identity newName() {
        return Identity.of("customer", "" + names++);
    }

    private Identity newKey() {
        Identity name = newName();
        vault.create(name, KeyTerm.unlimited());
        return name;
    }

    private void hold(Identity... keys) {
        vault.hold(new TreeSet<>(List.of(keys)));
    }

    @Nested
    class A_key {

        @Test
        void is_created_once_by_many_at_once() {
            for (int round = 0; round < 10; round++) {
                Identity name = newName();
                List<Boolean> created = OwnThread.together(THREADS, thread -> {
                    try {
                        vault.create(name, KeyTerm.unlimited());
                        return true;
                    } catch (ExistingKeyException e) {
                        return false;
                    }
                });
                assertThat(created).as("round %d", round).containsOnlyOnce(true);
            }
        }

        @Test
        void that_is_created_in_a_transaction_is_usable_there_and_gone_with_it() {
            Identity name = newName();
            assertThatThrownBy(() -> tables.inTransaction(() -> {
                        vault.create(name, KeyTerm.unlimited());
                        hold(name);
                        assertThat(vault.use(name))
                                .isInstanceOfSatisfying(
                                        KeyUse.Usable.class,
                                        usable ->
                                                assertThat(usable.isCommitted()).isFalse());
                        assertThat(tables.storage().find(name)).isEmpty();
                        throw new IllegalStateException("changed my mind");
                    }))
                    .hasMessage("changed my mind");
            assertThat(vault.find(name)).isEmpty();
            vault.create(name, KeyTerm.unlimited());
        }

        @Test
        void that_exists_leaves_the_transaction_usable_in_which_it_was_to_be_created() {
            Identity existing = newKey();
            Identity other = newName();
            tables.inTransaction(() -> {
                assertThatThrownBy(() -> vault.create(existing, KeyTerm.unlimited()))
                        .isInstanceOf(ExistingKeyException.class);
                return vault.create(other, KeyTerm.unlimited());
            });
            assertThat(vault.find(other)).isPresent();
        }

        @Test
        void that_is_ended_stays_so_whatever_becomes_of_the_transaction_of_the_caller() {
            Identity name = newKey();
            assertThatThrownBy(() -> tables.inTransaction(() -> {
                        vault.end(name);
                        throw new IllegalStateException("changed my mind");
                    }))
                    .hasMessage("changed my mind");
            assertThat(vault.use(name)).isInstanceOf(KeyUse.Ended.class);
        }
    }

    @Nested
    class A_key_that_is_held {

        @Test
        void ends_when_the_transaction_does() throws Exception {
            Identity name = newKey();
            CountDownLatch isHeld = new CountDownLatch(1);
            CountDownLatch mayEnd = new CountDownLatch(1);
            CompletableFuture<Boolean> writer = holder(name, isHeld, mayEnd);
            isHeld.await();
            CompletableFuture<?> end = OwnThread.run(() -> vault.end(name));
            assertThatThrownBy(() -> end.get(1, SECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(vault.use(name)).isInstanceOf(KeyUse.Usable.class);

            mayEnd.countDown();
            assertThat(writer.get(20, SECONDS)).isTrue();
            end.get(20, SECONDS);
            assertThat(vault.use(name)).isInstanceOf(KeyUse.Ended.class);
            assertThatThrownBy(() -> tables.inTransaction(() -> {
                        hold(name);
                        return true;
                    }))
                    .isInstanceOf(EndedKeyException.class);
        }

        private CompletableFuture<Boolean> holder(Identity name, CountDownLatch isHeld, CountDownLatch mayEnd) {
            return OwnThread.supply(() -> tables.inTransaction(() -> {
                hold(name);
                isHeld.countDown();
                try {
                    return mayEnd.await(20, SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }

        @Test
        void is_left_for_later_when_keys_are_ended_whose_time_is_over() throws Exception {
            Identity held = newName();
            Identity free = newName();
            Instant end = now.plusSeconds(60);
            vault.create(held, KeyTerm.until(end));
            vault.create(free, KeyTerm.until(end));
            CountDownLatch isHeld = new CountDownLatch(1);
            CountDownLatch mayEnd = new CountDownLatch(1);
            CompletableFuture<Boolean> writer = holder(held, isHeld, mayEnd);
            isHeld.await();
            now = end;

            CompletableFuture<List<Identity>> ended = OwnThread.supply(JdbcKeyStorageTest.this::endDue);
            if (engine == Engine.POSTGRES) {
                assertThat(ended.get(20, SECONDS)).containsExactly(free);
                mayEnd.countDown();
                assertThat(writer.get(20, SECONDS)).isTrue();
                assertThat(endDue()).containsExactly(held);
            } else { // where it is waited for
                assertThatThrownBy(() -> ended.get(1, SECONDS)).isInstanceOf(TimeoutException.class);
                mayEnd.countDown();
                assertThat(writer.get(20, SECONDS)).isTrue();
                assertThat(ended.get(20, SECONDS)).containsExactlyInAnyOrder(held, free);
            }
        }
    }

    private List<Identity> endDue() {
        return vault.endDue(100).stream().map(key -> key.name()).toList();
    }

    @Test
    void keys_whose_time_is_over_are_ended_once_by_many_nodes() {
        List<Identity> keys = new ArrayList<>();
        Instant end = now.plusSeconds(60);
        for (int i = 0; i < 200; i++) {
            Identity name = newName();
            vault.create(name, KeyTerm.until(end));
            keys.add(name);
        }
        now = end.plus(Duration.ofSeconds(1));

        List<Identity> ended = OwnThread.together(THREADS, thread -> {
                    List<Identity> all = new ArrayList<>();
                    List<Identity> some;
                    do {
                        some = vault.endDue(7).stream().map(key -> key.name()).toList();
                        all.addAll(some);
                    } while (!some.isEmpty());
                    return all;
                })
                .stream()
                .flatMap(List::stream)
                .toList();
        Set<Identity> each = new HashSet<>(ended);
        assertThat(ended).hasSameSizeAs(each);
        assertThat(each).containsAll(keys);
        assertThat(tables.storage().list(Optional.empty(), 10_000))
                .filteredOn(key -> keys.contains(key.name()))
                .allMatch(key -> key.wrapped().isEmpty());
    }

    /** Writers hold a key and say so; enders destroy it. In no order may a writer hold what was destroyed before. */
    @Test
    void nothing_is_held_that_was_destroyed_before() {
        for (int round = 0; round < 20; round++) {
            Identity name = newKey();
            List<String> events = new ArrayList<>();
            int[] turn = new int[1];
            OwnThread.together(THREADS, thread -> {
                boolean ends;
                synchronized (turn) {
                    ends = turn[0]++ == THREADS / 2;
                }
                if (ends) {
                    vault.end(name);
                    synchronized (events) {
                        events.add("ended");
                    }
                } else {
                    tryToHold(name, events);
                }
                return true;
            });
            int end = events.indexOf("ended");
            assertThat(events.subList(end, events.size())).as("round %d", round).doesNotContain("held");
        }
    }

    private void tryToHold(Identity name, List<String> events) {
        try {
            tables.inTransaction(() -> {
                hold(name);
                synchronized (events) {
                    events.add("held"); // while it is held, nobody can have ended it
                }
                return true;
            });
        } catch (EndedKeyException e) {
            synchronized (events) {
                events.add("refused");
            }
        }
    }
}
