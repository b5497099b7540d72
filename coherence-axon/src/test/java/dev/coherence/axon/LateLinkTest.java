package dev.coherence.axon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Action;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.log.CommitResult;
import dev.coherence.log.Draft;
import dev.coherence.log.EventLog;
import dev.coherence.log.Scope;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * While one transaction secures its aggregate, another one links the aggregate to a trigger that the first knows nothing
 * of, and a third fires that trigger. At whatever moment the link comes, the first must either lose or keep the effect
 * out until it is done.
 */
class LateLinkTest {

    private static final Identity BOOK = Identity.of("book", "1");
    private static final Identity KEY = Identity.of("key", "late");

    @ParameterizedTest
    @CsvSource({"linkedTriggers, 1", "linkedTriggers, 2", "lock, 1", "nextVersion, 1", "lastNumber, 1"})
    void a_link_at_any_moment_does_not_let_an_effect_slip_in(String method, int call) throws Exception {
        try (TestStore store = Engine.POSTGRES_JDBC.open()) {
            Coherence coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
            var created = coherence
                    .rebase(Revision.at(0))
                    .append(action("a"), Optional.empty(), Optional.empty())
                    .execute();
            assertThat(created).isInstanceOf(RebaseResult.Accepted.class);

            AxonEventLog log = logWithPause(store, method, call, () -> link(store));
            EventLog.Transaction first = log.begin(Scope.of(List.of(action("b"))));
            long secured = first.nextVersion(BOOK);
            first.nextSequenceNumber();
            first.unseen(BOOK, Revision.at(0));
            CompletableFuture<RebaseResult> effect = OwnThread.supply(() -> coherence
                    .rebase(Revision.at(0))
                    .effect(e -> e.reason("fired").trigger(KEY))
                    .execute());
            assertThat(coherence.state(BOOK).document().get(Path.of("c")))
                    .as("linked by now")
                    .isPresent();
            boolean slippedIn = isDoneSoon(effect);
            CommitResult result = first.append(List.of(new Draft(action("b"), Instant.EPOCH, "test", new TreeSet<>())));
            effect.get(10, TimeUnit.SECONDS);

            boolean committed = result.fold(done -> true, lost -> false);
            assertThat(committed && slippedIn)
                    .as("link at call %d of %s, secured version %d", call, method, secured)
                    .isFalse();
        }
    }

    private static boolean isDoneSoon(CompletableFuture<?> future) throws InterruptedException, ExecutionException {
        try {
            future.get(300, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static void link(TestStore store) {
        OwnThread.run(() -> {
                    Coherence other = Coherence.over(store.log, CoherenceSettings.withSource("other"));
                    var linked = other.rebase(other.state(BOOK).revision())
                            .action(a -> a.reason("link")
                                    .actor("user", "bob")
                                    .aggregate(BOOK)
                                    .assoc("c", 1)
                                    .trigger(KEY))
                            .execute();
                    assertThat(linked).isInstanceOf(RebaseResult.Accepted.class);
                })
                .join();
    }

    private static Action action(String path) {
        return new Action(
                "change",
                Identity.of("user", "alice"),
                BOOK,
                Patch.builder().assoc(path, 1).build(),
                new TreeSet<>());
    }

    /** A log that does something before the given call of a method of its index. */
    private static AxonEventLog logWithPause(TestStore store, String method, int call, Runnable meanwhile) {
        AtomicInteger calls = new AtomicInteger();
        EventIndex index = (EventIndex) Proxy.newProxyInstance(
                EventIndex.class.getClassLoader(), new Class<?>[] {EventIndex.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method) && calls.incrementAndGet() == call) {
                        meanwhile.run();
                    }
                    try {
                        return called.invoke(store.index, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return AxonEventLog.builder()
                .eventStore(store.eventStore)
                .transactionManager(store.transactions)
                .index(index)
                .build();
    }
}
