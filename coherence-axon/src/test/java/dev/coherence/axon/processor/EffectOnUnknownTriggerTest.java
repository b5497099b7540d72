package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.CoherenceSettings;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.effect.AxonEffects;
import dev.coherence.axon.effect.FireResult;
import dev.coherence.axon.processor.ReplayApplication.Kind;
import dev.coherence.axon.token.LanesToken;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A trigger may be fired that no aggregate is linked to: nobody can know whether one will be. */
@ParameterizedClass(name = "{0}")
@EnumSource
class EffectOnUnknownTriggerTest {

    @Parameter
    Kind kind;

    private final TestStore store = TestStore.Engine.H2_JDBC.open();
    private final Library library = new Library(store);
    private final Shelf shelf = new Shelf();
    private final Heard heard = new Heard();
    private final Stored tokens = new Stored();
    private final ReplayingEventProcessingModule module = new ReplayingEventProcessingModule(ReplayGroups.marked());

    /** Keeps the tokens of ours that were ever stored, which all say that something is pending. */
    private static final class Stored extends InMemoryTokenStore {

        private final List<TrackingToken> pending = new CopyOnWriteArrayList<>();

        @Override
        public void storeToken(@Nullable TrackingToken token, String processor, int segment) {
            if (token instanceof LanesToken) {
                pending.add(token);
            }
            super.storeToken(token, processor, segment);
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private ReplayApplication start() {
        module.replays().listen(heard);
        return ReplayApplication.over(store)
                .kind(kind)
                .module(module)
                .tokens(tokens)
                .handlers(shelf)
                .start();
    }

    @Test
    void is_fired_as_any_other_and_replays_nothing() {
        AxonEffects effects = AxonEffects.builder()
                .eventStore(store.eventStore)
                .transactionManager(store.transactions)
                .index(store.index)
                .settings(CoherenceSettings.withSource("test"))
                .build();
        try (var application = start()) {
            application.awaitRest("Shelf", library.revise("a", "1", "k"));
            tokens.pending.clear();

            FireResult result = effects.fire(new Effect("expired", Identity.of("key", "nobody's")));

            assertThat(result).isEqualTo(new FireResult.Fired(2));
            application.awaitRest("Shelf", library.revise("a", "2"));
            assertThat(tokens.pending).isEmpty();
            assertThat(heard.calls).isEmpty();
        }
    }

    @Test
    void among_effects_on_known_ones_is_no_part_of_what_is_replayed() {
        try (var application = start()) {
            application.awaitRest("Shelf", library.revise("a", "1", "k"));
            library.expire("nobody's");
            library.expire("k");
            library.expire("nobody's either");
            heard.await("closed", 1);

            assertThat(heard.told()).containsSubsequence("opened 0/0", "progressed 1/1", "closed 1/1");
            assertThat(heard.told()).doesNotHaveDuplicates();
        }
    }
}
