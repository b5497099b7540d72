package dev.coherence.spring.boot.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/**
 * What a sequence of the database will do.
 *
 * @param increment the difference between two numbers that it gives
 * @param cache how many numbers each session keeps for itself; 1 where sessions share
 * @param next the next number that it gives
 * @param unused the lowest number such that neither it nor any greater one has been given, not even inside of a block
 *     whose upper end has been
 */
record SequenceState(long increment, long cache, long next, long unused) {

    /** Reads the state; nothing if there is no such sequence, or the database is not one whose catalog is known here. */
    static Optional<SequenceState> read(Connection connection, SequenceName name) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        return switch (product) {
            case "postgresql" -> readPostgreSql(connection, name);
            case "h2" -> readH2(connection, name);
            default -> Optional.empty();
        };
    }

    private static Optional<SequenceState> readPostgreSql(Connection connection, SequenceName name)
            throws SQLException {
        String definition = "SELECT seqincrement, seqcache FROM pg_sequence WHERE seqrelid = to_regclass(?)::oid";
        try (PreparedStatement statement = connection.prepareStatement(definition)) {
            statement.setString(1, name.inSql());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(withPositionPostgreSql(connection, name, row.getLong(1), row.getLong(2)))
                        : Optional.empty();
            }
        }
    }

    private static SequenceState withPositionPostgreSql(
            Connection connection, SequenceName name, long increment, long cache) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT last_value, is_called FROM " + name.inSql());
                ResultSet row = statement.executeQuery()) {
            row.next();
            long last = row.getLong(1);
            boolean called = row.getBoolean(2);
            return new SequenceState(increment, cache, called ? last + increment : last, called ? last + 1 : last);
        }
    }

    private static Optional<SequenceState> readH2(Connection connection, SequenceName name) throws SQLException {
        String sql = """
                SELECT increment, base_value FROM information_schema.sequences
                WHERE UPPER(sequence_name) = UPPER(?)
                ORDER BY CASE WHEN sequence_schema = SCHEMA() THEN 0 ELSE 1 END""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name.text());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long next = row.getLong(2);
                return Optional.of(new SequenceState(row.getLong(1), 1, next, next));
            }
        }
    }
}
