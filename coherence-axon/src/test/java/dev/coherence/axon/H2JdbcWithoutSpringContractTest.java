package dev.coherence.axon;

import dev.coherence.axon.TestStore.Engine;

class H2JdbcWithoutSpringContractTest extends EngineContract {

    H2JdbcWithoutSpringContractTest() {
        super(Engine.H2_JDBC_WITHOUT_SPRING);
    }
}
