package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.replay.AggregateReset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.messaging.annotation.SourceId;

/**
 * A projection in the database of the events, in which a mistake of a replay shows. A row counts the events that were handled since
 * the last reset, and keeps the world that it was made in; an effect changes the world.
 */
@ProcessingGroup("shelf")
@ReplayOnEffect
final class ShelfRows {

    /** The books of which the second event cannot be handled. */
    final Set<String> failing = ConcurrentHashMap.newKeySet();

    /** How often one of these was tried. */
    final AtomicInteger failures = new AtomicInteger();

    private final ConnectionProvider connections;

    ShelfRows(ConnectionProvider connections) {
        this.connections = connections;
    }

    static void create(DataSource database) {
        TestDatabases.execute(database, "CREATE TABLE world (version INT NOT NULL)");
        TestDatabases.execute(database, "INSERT INTO world VALUES (0)");
        TestDatabases.execute(
                database,
                "CREATE TABLE shelf (book VARCHAR(255) PRIMARY KEY, handled INT, last INT, world INT, mistakes INT)");
        TestDatabases.execute(database, "CREATE TABLE reset (book VARCHAR(255), world INT)");
    }

    /** As if the first event of each book had been handled. */
    static void fill(DataSource database) {
        TestDatabases.execute(
                database,
                "INSERT INTO shelf SELECT aggregateIdentifier, 1, 0, 0, 0 FROM DomainEventEntry WHERE sequenceNumber = 0");
    }

    /** As Axon's reset handlers do, which are called for all rows. */
    static void empty(DataSource database) {
        TestDatabases.execute(database, "DELETE FROM shelf");
    }

    static void changeWorld(DataSource database) {
        TestDatabases.execute(database, "UPDATE world SET version = version + 1");
    }

    @EventHandler
    void on(PatchApplied event, @SourceId String book, @SequenceNumber long version) throws SQLException {
        int changed = update("""
                UPDATE shelf SET handled = handled + 1, last = ?, world = (SELECT version FROM world),
                  mistakes = mistakes + CASE WHEN last = ? - 1 THEN 0 ELSE 1 END WHERE book = ?""", version, version, book);
        if (changed == 0) {
            update("INSERT INTO shelf SELECT ?, 1, ?, version, ? FROM world", book, version, version == 0 ? 0 : 1);
        }
        if (version == 1 && failing.contains(book)) {
            failures.incrementAndGet();
            throw new IllegalStateException("no room for " + book);
        }
    }

    @AggregateResetHandler
    void reset(AggregateReset reset) throws SQLException {
        update("DELETE FROM shelf WHERE book = ?", reset.aggregateIdentifier());
        update("INSERT INTO reset SELECT ?, version FROM world", reset.aggregateIdentifier());
    }

    private int update(String sql, Object... values) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** Waits until nothing is to be replayed any more: then all tokens in the database are Axon's. */
    static void awaitPlainTokens(DataSource database) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(count(database, "TokenEntry WHERE tokenType NOT LIKE 'org.axonframework.%'"))
                                .isZero());
    }

    /** How many rows differ from what a projection would show that handled all events of the books for the first time now. */
    static long countWrong(DataSource database) {
        return count(database, """
                (SELECT aggregateIdentifier AS book, COUNT(*) AS events, MAX(sequenceNumber) AS newest
                  FROM DomainEventEntry WHERE type = 'book' GROUP BY aggregateIdentifier) stored
                LEFT JOIN shelf ON shelf.book = stored.book
                WHERE shelf.book IS NULL OR shelf.handled <> stored.events OR shelf.last <> stored.newest
                  OR shelf.mistakes > 0 OR shelf.world <> (SELECT version FROM world)""");
    }

    static long count(DataSource database, String from) {
        return query(database, "SELECT COUNT(*) FROM " + from).get(0);
    }

    static List<Long> query(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<Long> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getLong(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
