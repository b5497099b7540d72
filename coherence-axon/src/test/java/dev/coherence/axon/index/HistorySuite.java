package dev.coherence.axon.index;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.TypedBook;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** What an index promises to replays. A test begins with an empty store, in which numbers need not begin at 1. */
abstract class HistorySuite {

    private static final Map<Engine, TestStore> OPENED = new EnumMap<>(Engine.class);

    @Parameter
    Engine engine = Engine.IN_MEMORY;

    History history;

    @BeforeEach
    void empty_the_store() {
        if (engine == Engine.IN_MEMORY) {
            history = new History(engine.open(TypedBook.names()));
        } else {
            TestStore store = OPENED.computeIfAbsent(engine, one -> one.open(TypedBook.names()));
            store.empty();
            history = new History(store);
        }
    }

    @AfterAll
    static void close() {
        OPENED.values().forEach(TestStore::close);
        OPENED.clear();
    }
}
