package dev.coherence.axon;

import dev.coherence.axon.TestStore.Engine;

class H2JdbcContractTest extends EngineContract {

    H2JdbcContractTest() {
        super(Engine.H2_JDBC);
    }
}
