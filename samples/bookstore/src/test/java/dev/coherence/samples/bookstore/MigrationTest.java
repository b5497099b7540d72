package dev.coherence.samples.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationTest {

    private static final String H2 = "jdbc:h2:mem:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
    private static final String OURS = " where t.table_schema = 'public' and t.table_name <> 'flyway_schema_history'";

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void V2_is_the_schema_that_coherence_ships(String vendor) throws IOException {
        assertThat(resource("db/vendor/%s/V2__coherence.sql".formatted(vendor)))
                .isEqualTo(resource("dev/coherence/schema/%s.sql".formatted(vendor)));
    }

    @Test
    void V1_makes_the_tables_that_Axon_would_make() throws SQLException {
        Flyway.configure()
                .dataSource(H2.formatted("migrated"), "sa", "")
                .target("1")
                .load()
                .migrate();

        try (Connection migrated = DriverManager.getConnection(H2.formatted("migrated"), "sa", "");
                Connection axons = DriverManager.getConnection(H2.formatted("axons"), "sa", "")) {
            EventSchema events = new EventSchema();
            PostgresEventTableFactory.INSTANCE
                    .createDomainEventTable(axons, events)
                    .execute();
            PostgresEventTableFactory.INSTANCE
                    .createSnapshotEventTable(axons, events)
                    .execute();
            PostgresTokenTableFactory.INSTANCE
                    .createTable(axons, new TokenSchema())
                    .execute();

            assertThat(columns(axons)).hasSize(10 + 9 + 6);
            assertThat(columns(migrated)).isEqualTo(columns(axons));
            assertThat(keys(migrated)).isEqualTo(keys(axons));
        }
    }

    private static Set<String> columns(Connection connection) throws SQLException {
        return rows(
                connection,
                "select t.table_name, column_name, data_type, is_nullable, character_maximum_length"
                        + " from information_schema.columns t");
    }

    private static Set<String> keys(Connection connection) throws SQLException {
        return rows(
                connection,
                "select t.table_name, constraint_type, column_name, ordinal_position"
                        + " from information_schema.table_constraints t join information_schema.key_column_usage u"
                        + " on u.table_name = t.table_name and u.constraint_name = t.constraint_name");
    }

    private static Set<String> rows(Connection connection, String select) throws SQLException {
        Set<String> rows = new TreeSet<>();
        try (ResultSet result = connection.createStatement().executeQuery(select + OURS)) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(result.getString(i)).append(' ');
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = MigrationTest.class.getClassLoader().getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
