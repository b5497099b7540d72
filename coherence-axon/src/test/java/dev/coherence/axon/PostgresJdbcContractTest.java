package dev.coherence.axon;

import dev.coherence.axon.TestStore.Engine;

class PostgresJdbcContractTest extends EngineContract {

    PostgresJdbcContractTest() {
        super(Engine.POSTGRES_JDBC);
    }
}
