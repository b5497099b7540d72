package dev.coherence.spring.boot;

import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;

/** Tables begin with {@code t_}, columns with {@code c_}, as some houses have it. */
public class PrefixNaming extends PhysicalNamingStrategySnakeCaseImpl {

    @Override
    public Identifier toPhysicalTableName(Identifier name, JdbcEnvironment environment) {
        return prefixed("t_", super.toPhysicalTableName(name, environment));
    }

    @Override
    public Identifier toPhysicalColumnName(Identifier name, JdbcEnvironment environment) {
        return prefixed("c_", super.toPhysicalColumnName(name, environment));
    }

    private static Identifier prefixed(String prefix, Identifier name) {
        return Identifier.toIdentifier(prefix + name.getText(), name.isQuoted());
    }
}
