package dev.coherence.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Action;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.log.Draft;
import dev.coherence.log.EventLog;
import dev.coherence.log.Scope;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionLossTest {

    private static final Action ACTION = new Action(
            "create",
            Identity.of("user", "alice"),
            Identity.of("book", "1"),
            Patch.builder().assoc("a", 1).build(),
            new TreeSet<>(List.of(Identity.of("key", "1"))));

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES_JDBC", "POSTGRES_JPA"})
    void a_connection_that_breaks_in_mid_transaction_stores_nothing_and_holds_up_nobody(Engine engine) {
        try (TestStore store = engine.open()) {
            EventLog.Transaction broken = store.log.begin(Scope.of(List.of(ACTION)));
            TestDatabases.execute(
                    store.database(),
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            List<Draft> drafts = List.of(new Draft(ACTION, Instant.EPOCH, "test", new TreeSet<>()));
            assertThatThrownBy(() -> broken.append(drafts)).isInstanceOf(RuntimeException.class);
            broken.close();
            assertThat(CurrentUnitOfWork.isStarted()).isFalse();

            Coherence coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
            assertThat(coherence.sequenceNumber()).isZero();
            assertThat(coherence
                            .rebase(Revision.at(0))
                            .action(a -> a.reason("create")
                                    .actor("user", "alice")
                                    .aggregate("book", "1")
                                    .assoc("a", 1)
                                    .trigger("key", "1"))
                            .execute())
                    .isInstanceOf(RebaseResult.Accepted.class);
        }
    }
}
