package dev.coherence.spring.boot.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.hibernate.mapping.Column;

/**
 * Tells whether a PostgreSQL database may be read and written with {@link ByteaPostgreSQLDialect}. What was stored as a
 * large object cannot be read as {@code bytea}, nor the other way round. So:
 *
 * <ol>
 *   <li>If the event table exists, its payload column decides.
 *   <li>Otherwise the store is new; but the unit may hold other entities, or Axon's tokens, whose tables exist. Only if no
 *       table of the database has a large object is {@code bytea} safe for all of them.
 * </ol>
 */
final class LargeObjects {

    private static final String PAYLOAD_TYPE = """
            SELECT t.typname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = to_regclass(?) AND a.attname = ? AND NOT a.attisdropped""";

    private static final String ANY_LARGE_OBJECT = """
            SELECT c.relname FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE a.atttypid = 'oid'::regtype AND a.attnum > 0 AND NOT a.attisdropped
            AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' LIMIT 1""";

    private LargeObjects() {}

    static boolean allowBytea(DataSource dataSource, MappedEvents events) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Optional<String> payload = text(connection, PAYLOAD_TYPE, events.table(), nameInCatalog(events.payload()));
            return payload.map("bytea"::equals)
                    .orElse(text(connection, ANY_LARGE_OBJECT).isEmpty());
        }
    }

    private static String nameInCatalog(Column column) {
        return column.isQuoted() ? column.getName() : column.getName().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> text(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }
}
