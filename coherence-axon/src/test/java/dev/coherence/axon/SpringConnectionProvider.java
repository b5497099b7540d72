package dev.coherence.axon;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** Gives the connection of Spring's present transaction. */
public final class SpringConnectionProvider implements ConnectionProvider {

    private final DataSource database;

    /** Gives those of the data source. */
    public SpringConnectionProvider(DataSource database) {
        this.database = new TransactionAwareDataSourceProxy(database);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return database.getConnection();
    }
}
