package dev.coherence.axon.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** Where the SQL of the supported databases differs. */
public enum Dialect {
    /** PostgreSQL. */
    POSTGRESQL("postgresql"),
    /** H2. */
    H2("h2"),
    /** MySQL and MariaDB. Not tested. */
    MYSQL("mysql");

    private final String fileName;

    Dialect(String fileName) {
        this.fileName = fileName;
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

    /** Returns the class path location of the SQL that creates the standard table of keys. */
    public String keySchemaResource() {
        return "dev/coherence/schema/keys/" + fileName + ".sql";
    }

    /**
     * Returns a condition that a subselect finds the value of the column, for further ones to follow: from FROM to AND.
     *
     * @param subselect its column is called {@code name}
     */
    Sql fromWhereIsAmong(String table, String alias, String column, Sql subselect) {
        if (this == POSTGRESQL) {
            // As an array, PostgreSQL looks it up in the index even where it takes the subselect for a large one.
            return Sql.of(" FROM %s %s WHERE %2$s.%s = ANY (ARRAY(".formatted(table, alias, column))
                    .add(subselect)
                    .add(")) AND ");
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
