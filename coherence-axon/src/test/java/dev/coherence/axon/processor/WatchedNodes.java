package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.replay.ReplaySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes whose replays are watched, with their tokens in the database of the events. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"TRACKING_ON_H2", "POOLED_ON_H2", "POOLED_ON_POSTGRES"})
abstract class WatchedNodes {

    static final String SHELF = "Shelf";

    @Parameter
    Setup setup;

    TestStore store;
    Library library;
    final Shelf shelf = new Shelf();
    final Heard heard = new Heard();

    @BeforeEach
    void open() {
        store = setup.engine.open();
        store.createTokenTable();
        library = new Library(store);
    }

    @AfterEach
    void close() {
        shelf.openAll();
        store.close();
    }

    /** Live events go first, and an aggregate is replayed at a time. */
    ReplayApplication.Builder node(String name, Shelf projection, ReplayListener... listeners) {
        return node(name, new ReplaySettings(0, 1), projection, listeners);
    }

    ReplayApplication.Builder node(
            String name, ReplaySettings settings, Shelf projection, ReplayListener... listeners) {
        var module = new ReplayingEventProcessingModule(new ReplayGroups(Map.of(), settings));
        List.of(listeners).forEach(module.replays()::listen);
        return ReplayApplication.over(store)
                .kind(setup.kind)
                .module(module)
                .tokens(store.tokenStore(name, Duration.ofSeconds(10), TestStore.serializer()))
                .handlers(projection);
    }

    static Replays replays(ReplayApplication application) {
        return ((ReplayingEventProcessingModule) application.configuration().eventProcessingConfiguration()).replays();
    }

    /** The only segment of the only processor. */
    static ReplayProgress progress(ReplayApplication application) {
        List<ReplayProgress> all = replays(application).progress();
        if (all.size() != 1) {
            throw new AssertionError("Not one segment: " + all);
        }
        return all.get(0);
    }

    static void await(ReplayApplication application, Predicate<List<ReplayProgress>> state) {
        Replays replays = replays(application);
        Awaitility.await().atMost(PATIENCE).until(() -> state.test(replays.progress()));
    }

    /** Until all segments are at the position, with nothing pending. */
    static void awaitRest(ReplayApplication application, long position) {
        await(
                application,
                all -> !all.isEmpty()
                        && all.stream()
                                .allMatch(segment -> !segment.isPending()
                                        && segment.position().isPresent()
                                        && segment.position().getAsLong() >= position));
    }

    /** Books 0, 1 and so on with two events each, linked to the key; returns the number of the last event. */
    long books(int count, String key) {
        return IntStream.range(0, count)
                .mapToLong(book -> {
                    library.revise("" + book, "1", key);
                    return library.revise("" + book, "2");
                })
                .max()
                .orElseThrow();
    }
}
