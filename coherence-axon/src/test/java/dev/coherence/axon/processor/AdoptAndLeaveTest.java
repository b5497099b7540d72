package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.index.BuildListener;
import java.util.List;
import org.axonframework.config.EventProcessingModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Applications that had plain Axon before, and have it again: the same handlers, events and tokens. */
@ParameterizedClass(name = "{0}")
@EnumSource
class AdoptAndLeaveTest extends NodesWithRows {

    private static final List<String> BOOKS = List.of("a", "b", "c", "d", "e");

    private ReplayApplication startOurs() {
        return node().segments(2).start();
    }

    private ReplayApplication startPlain() {
        return node().segments(2).module(new EventProcessingModule()).start();
    }

    private void revise(String title) {
        BOOKS.forEach(book -> library.revise(book, title, "k"));
    }

    private void awaitRight() {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(ShelfRows.countWrong(store.database())).isZero());
    }

    private long resets() {
        return ShelfRows.count(store.database(), "reset");
    }

    @Test
    void processors_go_on_with_the_tokens_of_plain_axon_and_it_goes_on_with_theirs() {
        revise("1");
        try (var before = startPlain()) {
            awaitRight();
            library.expire("k"); // nobody follows it there, and nobody is to follow it later
            revise("2");
            awaitRight();
            before.awaitRest("shelf", library.revise("a", "3"));
        }
        try (var ours = startOurs()) {
            revise("4");
            awaitRight();
            assertThat(resets())
                    .as("effects before the adoption are not followed")
                    .isZero();

            ShelfRows.changeWorld(store.database());
            ours.awaitRest("shelf", library.expire("k"));
            awaitRight();
            assertThat(resets()).isEqualTo(BOOKS.size());
        }
        ShelfRows.awaitPlainTokens(store.database());
        try (var after = startPlain()) {
            revise("5");
            awaitRight();
            after.awaitRest("shelf", library.revise("b", "6"));
            assertThat(resets()).isEqualTo(BOOKS.size());
        }
        awaitRight();
    }

    @Test
    void a_new_group_over_old_events_follows_the_effects_that_come_once_the_index_is_built() {
        revise("1");
        library.expire("k");
        revise("2");
        for (String table :
                List.of("coherence_link", "coherence_effect", "coherence_replay", "coherence_index_state")) {
            TestDatabases.execute(store.database(), "DELETE FROM " + table); // as it was before coherence came
        }
        store.index.maintenance().build(BuildListener.none());

        try (var ours = startOurs()) {
            awaitRight();
            assertThat(resets())
                    .as("effects that were there before are not followed")
                    .isZero();

            ShelfRows.changeWorld(store.database());
            ours.awaitRest("shelf", library.expire("k"));
            awaitRight();
            assertThat(resets()).isEqualTo(BOOKS.size());
        }
    }
}
