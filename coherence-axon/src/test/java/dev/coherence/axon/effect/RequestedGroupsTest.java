package dev.coherence.axon.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.axon.CapturedLog;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.configuration.CoherenceModule;
import dev.coherence.axon.configuration.CoherenceModuleBuilder;
import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.processor.ReplayGroups;
import dev.coherence.axon.storage.StreamNames;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

/** Groups that are named in a request for a replay, and that this node does not have. */
class RequestedGroupsTest {

    private static final Identity BOOK = Identity.of("book", "1");

    private final InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine(1);

    @ProcessingGroup("shelf")
    @ReplayOnEffect(withoutReset = true)
    static final class Shelf {
        @EventHandler
        void on(String event) {}
    }

    @ProcessingGroup("letters")
    static final class Letters {
        @EventHandler
        void on(String event) {}
    }

    /** Returns what is logged of replays, while the work is done on a node. */
    private List<String> logged(
            UnaryOperator<CoherenceModuleBuilder> module, Consumer<Effects> work, Object... handlers) {
        Configurer configurer = DefaultConfigurer.defaultConfiguration().configureEmbeddedEventStore(config -> engine);
        module.apply(CoherenceModule.builder()
                        .settings(CoherenceSettings.withSource("shop"))
                        .index(config -> new InMemoryEventIndex(engine, config.getComponent(StreamNames.class))))
                .build()
                .configureModule(configurer);
        for (Object handler : handlers) {
            configurer.eventProcessing().registerEventHandler(config -> handler);
        }
        Configuration axon = configurer.buildConfiguration();
        axon.start();
        try (CapturedLog log = new CapturedLog()) {
            work.accept(axon.getComponent(Effects.class));
            return log.lines("A replay to");
        } finally {
            axon.shutdown();
        }
    }

    private List<String> logged(Consumer<Effects> work) {
        return logged(builder -> builder.replays(ReplayGroups.marked()), work, new Shelf(), new Letters());
    }

    @Test
    void are_logged_with_those_that_it_has() {
        assertThat(logged(effects -> effects.replay(BOOK, "mended", "shelf", "shelv")))
                .singleElement()
                .asString()
                .contains(
                        "WARN",
                        "the processing groups [shelf, shelv] is requested, of which [shelv] are none",
                        "of this node that take part in replays, [shelf].",
                        "Only groups of other nodes can answer it");
        assertThat(logged(effects -> effects.replayKind("book", "mended", "shelv")))
                .hasSize(1);
    }

    @Test
    void are_logged_as_well_if_they_take_no_part() {
        assertThat(logged(effects -> effects.replay(BOOK, "mended", "letters"))).hasSize(1);
        assertThat(logged(builder -> builder, effects -> effects.replay(BOOK, "mended", "letters"), new Letters()))
                .singleElement()
                .asString()
                .contains("[letters] are none", "replays, [].");
    }

    @Test
    void are_not_missed_where_none_or_the_right_ones_are_named() {
        assertThat(logged(effects -> {
                    effects.replay(BOOK, "mended");
                    effects.replayKind("book", "mended", "shelf");
                }))
                .isEmpty();
    }
}
