package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.projection.AggregateReplayer;
import dev.coherence.axon.projection.HandlingGroup;
import dev.coherence.axon.projection.LanesInvoker;
import dev.coherence.axon.projection.MarkerWatch;
import dev.coherence.axon.projection.ReplayedEvents;
import dev.coherence.axon.projection.SeenRevisions;
import dev.coherence.axon.replay.ReplaySettings;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.axon.stream.LanesSource;
import dev.coherence.axon.stream.Markers;
import dev.coherence.axon.token.LanesToken;
import dev.coherence.axon.vault.CachedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DefaultEventProcessorSpanFactory;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.monitoring.NoOpMessageMonitor;
import org.axonframework.tracing.NoOpSpanFactory;
import org.junit.jupiter.api.Test;

/** What a {@link MarkerWatch} is told when segments are asked whether they handle a marker. */
class TakenMarkersTest {

    private static final String GROUP = "shelf";

    private final List<String> told = new ArrayList<>();

    private final MarkerWatch watch = new MarkerWatch() {
        @Override
        public void offered(LanesToken marker, Segment segment) {
            told.add("offered " + segment.getSegmentId());
        }

        @Override
        public void taken(LanesToken marker, Segment segment) {
            told.add("taken " + segment.getSegmentId());
        }

        @Override
        public void replayed(LanesToken marker, Segment segment, int events) {}
    };

    private static SimpleEventHandlerInvoker handlers() {
        return SimpleEventHandlerInvoker.builder().eventHandlers(new Shelf()).build();
    }

    private LanesInvoker invoker(TestStore store, LanesSource source, boolean replays) {
        SeenRevisions revisions = new SeenRevisions(store.index.replays(), StreamNames.withoutAnnotatedKinds());
        ReplayedEvents events = new ReplayedEvents(
                List::of,
                NoOpMessageMonitor.instance(),
                DefaultEventProcessorSpanFactory.builder()
                        .spanFactory(NoOpSpanFactory.INSTANCE)
                        .build());
        return new LanesInvoker(
                List.of(new HandlingGroup(GROUP, handlers(), replays, Optional.empty())),
                source,
                new AggregateReplayer(store.index.replays(), events, revisions),
                revisions,
                watch);
    }

    @Test
    void only_the_segment_of_the_aggregate_has_taken_it() throws Exception {
        try (TestStore store = Engine.IN_MEMORY.open()) {
            Library library = new Library(store);
            library.revise("1", "Ubik", "k");
            library.expire("k");
            LanesSource source = new LanesSource(
                    store.eventStore,
                    store.index.replays(),
                    Set.of(GROUP),
                    ReplaySettings.standard(),
                    CachedKeys.none());
            try (BlockingStream<TrackedEventMessage<?>> stream = source.openStream(null)) {
                TrackedEventMessage<?> marker = stream.nextAvailable();
                while (!Markers.isMarker(marker)) {
                    marker = stream.nextAvailable();
                }
                Segment[] halves = Segment.ROOT_SEGMENT.split();
                int own = halves[0].matches("book:1") ? 0 : 1;
                LanesInvoker taking = invoker(store, source, true);
                assertThat(taking.canHandle(marker, halves[own])).isTrue();
                assertThat(taking.canHandle(marker, halves[1 - own])).isFalse();
                assertThat(invoker(store, source, false).canHandle(marker, halves[own]))
                        .isFalse();

                assertThat(told)
                        .containsExactly("offered " + own, "taken " + own, "offered " + (1 - own), "offered " + own);
            }
        }
    }
}
