package dev.coherence.spring.boot.jpa;

import java.sql.Types;
import org.hibernate.boot.model.TypeContributions;
import org.hibernate.dialect.DatabaseVersion;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolutionInfo;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.jdbc.BinaryJdbcType;

/**
 * Maps BLOB to {@code bytea}. Hibernate's own dialect makes {@code @Lob} bytes, such as payload, metadata and tokens of
 * Axon, to large objects: numbers ({@code oid}) in the table and the bytes elsewhere, which nobody deletes.
 *
 * <p>Serves Hibernate 6.6 and 7. Thread-safe, like every dialect.
 */
public class ByteaPostgreSQLDialect extends PostgreSQLDialect {

    /** Creates the dialect for the oldest version that Hibernate supports. */
    public ByteaPostgreSQLDialect() {}

    /** Creates the dialect for the database that the information was read from. */
    public ByteaPostgreSQLDialect(DialectResolutionInfo info) {
        super(info);
    }

    /** Creates the dialect for a version of PostgreSQL. */
    public ByteaPostgreSQLDialect(DatabaseVersion version) {
        super(version);
    }

    @Override
    protected String columnType(int sqlTypeCode) {
        return sqlTypeCode == SqlTypes.BLOB ? "bytea" : super.columnType(sqlTypeCode);
    }

    @Override
    protected String castType(int sqlTypeCode) {
        return sqlTypeCode == SqlTypes.BLOB ? "bytea" : super.castType(sqlTypeCode);
    }

    @Override
    public void contributeTypes(TypeContributions contributions, ServiceRegistry registry) {
        super.contributeTypes(contributions, registry);
        contributions.getTypeConfiguration().getJdbcTypeRegistry().addDescriptor(Types.BLOB, BinaryJdbcType.INSTANCE);
    }
}
