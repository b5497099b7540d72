package dev.coherence.axon.processor;

import dev.coherence.axon.TestStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** Nodes that keep {@link ShelfRows}, with their tokens in the database of the events as well. */
abstract class NodesWithRows {

    @Parameter
    Setup setup;

    TestStore store;
    Library library;
    ShelfRows shelf;

    @BeforeEach
    void open() {
        store = setup.engine.open();
        library = new Library(store);
        shelf = new ShelfRows(store.connections());
        ShelfRows.create(store.database());
        store.createTokenTable();
    }

    @AfterEach
    void close() {
        store.close();
    }

    ReplayApplication.Builder node() {
        return ReplayApplication.over(store)
                .kind(setup.kind)
                .tokens(store.tokenStore("node", Duration.ofSeconds(10), TestStore.serializer()))
                .handlers(shelf);
    }
}
