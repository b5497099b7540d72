package dev.coherence.axon;

import dev.coherence.axon.TestStore.Engine;

class PostgresJpaContractTest extends EngineContract {

    PostgresJpaContractTest() {
        super(Engine.POSTGRES_JPA);
    }
}
