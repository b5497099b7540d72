package dev.coherence.axon;

import dev.coherence.axon.TestStore.Engine;

class H2JpaContractTest extends EngineContract {

    H2JpaContractTest() {
        super(Engine.H2_JPA);
    }
}
