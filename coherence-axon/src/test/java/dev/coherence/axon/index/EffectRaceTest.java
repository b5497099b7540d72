package dev.coherence.axon.index;

import static dev.coherence.axon.TypedBook.KIND;
import static dev.coherence.axon.TypedBook.event;
import static dev.coherence.axon.index.Changes.EMMA;
import static dev.coherence.axon.index.Changes.KEY;
import static dev.coherence.axon.index.Changes.UBIK;
import static dev.coherence.axon.index.Changes.encrypted;
import static dev.coherence.axon.index.Changes.fire;
import static dev.coherence.axon.index.Changes.lockChanges;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.axon.OwnThread;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.TypedBook;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An effect against somebody who has locked changes, both ways round, for a trigger that the aggregate is linked to and for
 * the aggregate itself.
 */
class EffectRaceTest {

    private static final ReadState READ = new ReadState(UBIK, Revision.at(1));

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES_JDBC", "POSTGRES_JPA"})
    void an_effect_waits_for_who_locked_changes(Engine engine) throws Exception {
        for (Identity fired : List.of(KEY, UBIK)) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event(KIND, "ubik", 0, encrypted("1")));
                CountDownLatch locked = new CountDownLatch(1);
                CountDownLatch release = new CountDownLatch(1);
                CompletableFuture<Probe> holder = OwnThread.supply(() -> store.inTransaction(() -> {
                    store.index.lockChangesTo(Set.of(READ), new TreeMap<>());
                    locked.countDown();
                    await(release);
                    return store.index.probe(READ);
                }));
                await(locked);
                CompletableFuture<Void> effect = OwnThread.run(() -> fire(store, fired));
                assertWaits(effect);
                release.countDown();

                assertThat(holder.get(10, TimeUnit.SECONDS)).isEqualTo(new Probe(1, false));
                effect.get(10, TimeUnit.SECONDS);
                assertThat(store.index.probe(READ).unseenEffects()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES_JDBC", "POSTGRES_JPA"})
    void who_waited_for_an_effect_finds_it_with_the_probe(Engine engine) throws Exception {
        for (Identity fired : List.of(KEY, UBIK)) {
            for (boolean lockedBefore : List.of(true, false)) {
                try (TestStore store = engine.open(TypedBook.names())) {
                    store.publish(event(KIND, "ubik", 0, encrypted("1")));
                    if (lockedBefore) {
                        lockChanges(store, UBIK);
                    }
                    CountDownLatch appended = new CountDownLatch(1);
                    CountDownLatch release = new CountDownLatch(1);
                    var pause = store.eventStore.subscribe(events -> {
                        appended.countDown();
                        await(release);
                    });
                    CompletableFuture<Void> effect = OwnThread.run(() -> fire(store, fired));
                    await(appended);
                    CompletableFuture<Probe> late = OwnThread.supply(() -> store.inTransaction(() -> {
                        return requireNonNull(store.index
                                .lockChangesTo(Set.of(READ), new TreeMap<>())
                                .get(READ));
                    }));
                    assertWaits(late);
                    release.countDown();

                    effect.get(10, TimeUnit.SECONDS);
                    assertThat(late.get(10, TimeUnit.SECONDS).unseenEffects())
                            .as("%s, locked before: %s", fired, lockedBefore)
                            .isTrue();
                    pause.cancel();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES_JDBC", "POSTGRES_JPA"})
    void two_that_lock_changes_do_not_wait_for_each_other(Engine engine) throws Exception {
        try (TestStore store = engine.open(TypedBook.names())) {
            store.publish(event(KIND, "ubik", 0, encrypted("1")), event(KIND, "emma", 0, encrypted("1")));
            lockChanges(store, UBIK, EMMA);
            store.inTransaction(() -> {
                store.index.lockChangesTo(Set.of(READ), new TreeMap<>());
                return OwnThread.run(() -> lockChanges(store, EMMA))
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join();
            });
        }
    }

    private static void assertWaits(CompletableFuture<?> future) throws Exception {
        assertThatThrownBy(() -> future.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
