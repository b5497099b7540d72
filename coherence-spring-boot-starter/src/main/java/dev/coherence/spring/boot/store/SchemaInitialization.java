package dev.coherence.spring.boot.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** When the tables of the link index are created at the start of the application. */
public enum SchemaInitialization {
    /** Never: Flyway, Liquibase or an administrator creates them. */
    NEVER,
    /** If the database runs inside the JVM of the application, in memory or on files. */
    EMBEDDED,
    /** Always, if they are missing. */
    ALWAYS;

    /** The beginnings of addresses at which H2 runs in a process of its own. */
    private static final List<String> H2_SERVERS = List.of("jdbc:h2:tcp:", "jdbc:h2:ssl:");

    /** Whether tables are to be created in the database that the connection leads to. */
    boolean creates(Connection connection) throws SQLException {
        return switch (this) {
            case NEVER -> false;
            case EMBEDDED -> isEmbedded(connection);
            case ALWAYS -> true;
        };
    }

    /** Whether the database runs inside this JVM, in memory or on files. */
    static boolean isEmbedded(Connection connection) throws SQLException {
        String url = connection.getMetaData().getURL();
        return url.startsWith("jdbc:h2:") && H2_SERVERS.stream().noneMatch(url::startsWith);
    }
}
