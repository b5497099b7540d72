package dev.coherence.axon;

import dev.coherence.axon.TestStore.Engine;
import dev.coherence.log.EventLog;
import dev.coherence.log.EventLogContract;

/** Axon's in-memory engine cannot be emptied, and looks through everything at each call: a new one for each test. */
class InMemoryEngineContractTest extends EventLogContract {

    @Override
    protected EventLog openEmptyLog() {
        return Engine.IN_MEMORY.open().log;
    }

    @Override
    protected void closeLog(EventLog log) {
        ((AxonEventLog) log).close();
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
