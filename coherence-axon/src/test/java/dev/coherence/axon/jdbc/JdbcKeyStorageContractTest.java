package dev.coherence.axon.jdbc;

import dev.coherence.axon.jdbc.KeyTables.Engine;
import dev.coherence.key.KeyStorage;
import dev.coherence.key.KeyStorageContract;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcKeyStorageContractTest extends KeyStorageContract {

    @Parameter
    Engine engine;

    private KeyTables tables;

    @BeforeParameterizedClassInvocation
    void open() {
        tables = engine.open();
    }

    @AfterParameterizedClassInvocation
    void close() {
        tables.close();
    }

    @Override
    protected KeyStorage create() {
        tables.empty();
        return tables.storage();
    }
}
