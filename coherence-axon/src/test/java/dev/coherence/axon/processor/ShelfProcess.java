package dev.coherence.axon.processor;

import com.zaxxer.hikari.HikariDataSource;
import dev.coherence.axon.Serializers;
import dev.coherence.axon.SpringConnectionProvider;
import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.processor.ReplayApplication.Kind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;

/** A process that keeps {@link ShelfRows} up to date, until it is killed. */
public final class ShelfProcess {

    /** After so long others take over what a killed process has claimed. */
    static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(3);

    private ShelfProcess() {}

    /** Arguments: JDBC URL, name of the node, kind of the processor, number of segments. */
    public static void main(String[] arguments) throws InterruptedException {
        HikariDataSource database = TestDatabases.postgres(arguments[0]);
        TestStore store = TestStore.onExistingTables(database);
        var connections = new SpringConnectionProvider(database);
        JdbcTokenStore tokens = JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(Serializers.JACKSON_2.serializer())
                .nodeId(arguments[1])
                .claimTimeout(Duration.of(CLAIM_TIMEOUT.toMillis(), ChronoUnit.MILLIS))
                .build();
        var unused = ReplayApplication.over(store)
                .kind(Kind.valueOf(arguments[2]))
                .segments(Integer.parseInt(arguments[3]))
                .batchSize(10)
                .startAtHead()
                .tokens(tokens)
                .handlers(new ShelfRows(connections))
                .start();
        Thread.currentThread().join();
    }
}
