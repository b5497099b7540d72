package dev.coherence.axon.jdbc;

import dev.coherence.axon.index.LockMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Locale;

/** Where the SQL of the supported databases differs. */
public enum Dialect {
    /** PostgreSQL, and databases that name themselves so. */
    POSTGRESQL("postgresql", "INSERT INTO %s (name) VALUES %s ON CONFLICT DO NOTHING", " FOR SHARE"),
    /** H2; it has no shared row locks, so that actions on one trigger exclude each other. */
    H2("h2", "MERGE INTO %s (name) KEY (name) VALUES %s", " FOR UPDATE"),
    /** MySQL and MariaDB, with exclusive locks for both. Not tested. */
    MYSQL("mysql", "INSERT IGNORE INTO %s (name) VALUES %s", " FOR UPDATE");

    private final String fileName;
    private final String insertIfMissing;
    private final String sharedLock;

    Dialect(String fileName, String insertIfMissing, String sharedLock) {
        this.fileName = fileName;
        this.insertIfMissing = insertIfMissing;
        this.sharedLock = sharedLock;
    }

    /**
     * Returns the dialect of the database that the connection leads to.
     *
     * @throws IllegalStateException if that database is not supported
     */
    public static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> POSTGRESQL;
            case "h2" -> H2;
            case "mysql", "mariadb" -> MYSQL;
            default ->
                throw new IllegalStateException(
                        "Database %s is not supported: use PostgreSQL, H2, MySQL or MariaDB".formatted(product));
        };
    }

    /** Returns the class path location of the SQL that creates the standard tables of the index. */
    public String schemaResource() {
        return "dev/coherence/schema/" + fileName + ".sql";
    }

    /** Returns an insert of rows that does nothing where they exist, but waits for whoever is creating one of them. */
    String insertTriggersIfMissing(String table, int rows) {
        return insertIfMissing.formatted(table, String.join(", ", Collections.nCopies(rows, "(?)")));
    }

    /** Whether that insert counts the rows that it created; H2 counts those that were there as well. */
    boolean countsCreatedRows() {
        return this != H2;
    }

    /** Returns the end of a select that locks rows, in the order of their names as Java has it too. */
    String lockOrderedBy(String column, LockMode mode) {
        return " ORDER BY " + column + (this == POSTGRESQL ? " COLLATE \"C\"" : "")
                + (mode == LockMode.SHARED ? sharedLock : " FOR UPDATE");
    }

    /** Returns a condition that a subselect finds the value of the column, such that an index on the column is used. */
    Sql isAmong(String column, Sql subselect) {
        // As an array, PostgreSQL looks it up in the index even where it takes the subselect for a large one.
        boolean asArray = this == POSTGRESQL;
        return Sql.of(column + (asArray ? " = ANY (ARRAY(" : " IN ("))
                .add(subselect)
                .add(asArray ? "))" : ")");
    }

    /**
     * Returns the same as {@link #isAmong}, for further conditions to follow: from FROM to AND.
     *
     * @param subselect its column is called {@code name}
     */
    Sql fromWhereIsAmong(String table, String alias, String column, Sql subselect) {
        if (this == POSTGRESQL) {
            return Sql.of(" FROM " + table + " " + alias + " WHERE ")
                    .add(isAmong(alias + "." + column, subselect))
                    .add(" AND ");
        }
        // Given IN and a range, H2 goes through the range.
        return Sql.of(" FROM (")
                .add(subselect)
                .add(") wanted JOIN %s %s ON %2$s.%s = wanted.name WHERE ".formatted(table, alias, column));
    }

    /** Returns a parameter that stands for a name where the database cannot tell its type. */
    String nameParameter() {
        return this == MYSQL ? "CAST(? AS CHAR(255))" : "CAST(? AS VARCHAR(255))";
    }
}
