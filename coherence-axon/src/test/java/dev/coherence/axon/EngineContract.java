package dev.coherence.axon;

import dev.coherence.axon.TestStore.Engine;
import dev.coherence.log.EventLog;
import dev.coherence.log.EventLogContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Everything that an event log promises, on one engine; the store is opened once and emptied before each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineContract extends EventLogContract {

    private final Engine engine;
    private TestStore store;

    EngineContract(Engine engine) {
        this.engine = engine;
    }

    @BeforeAll
    void open() {
        store = engine.open();
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Override
    protected EventLog openEmptyLog() {
        store.empty();
        return store.log;
    }

    @Override
    protected int writers() {
        return 4;
    }

    @Override
    protected int changesPerWriter() {
        return 25;
    }

    @Override
    protected int races() {
        return 60;
    }

    @Override
    protected int modelSteps() {
        return 150;
    }
}
