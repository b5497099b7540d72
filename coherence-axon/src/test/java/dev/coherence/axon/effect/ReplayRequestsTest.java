package dev.coherence.axon.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReplayRequestsTest extends OnEveryStore {

    private static Identity vault(String id) {
        return Identity.of(Vault.KIND, id);
    }

    @Nested
    class A_request {

        @Test
        void is_stored_when_the_call_returns_and_has_a_number() {
            assertThat(effects.replay(vault("1"), newId(), "books").number()).hasValue(last());
            assertThat(effects.replayKind(Vault.KIND, newId()).number()).hasValue(last());
        }

        @Test
        void takes_part_in_a_unit_of_work() {
            long before = last();
            inTransaction(() ->
                    assertThat(effects.replay(vault("1"), newId()).number()).isEmpty());
            assertThat(app.store.index.existing(List.of(before + 1))).hasSize(1);

            long after = last();
            assertThatThrownBy(() -> inTransaction(() -> {
                        effects.replayKind(Vault.KIND, newId());
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            assertThat(last()).isEqualTo(after);
        }

        @Test
        void is_refused_if_malformed() {
            assertThatThrownBy(() -> effects.replay(vault("1"), "")).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> effects.replayKind("", "mended"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("kind");
            assertThatThrownBy(() -> effects.replayKind("book", "mended", "a\nb"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("groups");
            assertThatThrownBy(() -> effects.replay(null, "mended")).hasMessage("aggregate");
        }
    }

    @Nested
    class For_conflicts {

        @Test
        void it_does_not_count() {
            String vault = newId();
            open(vault, null, vault, () -> {});
            Revision base = current(vault);
            effects.replay(vault(vault), "mended");
            effects.replayKind(Vault.KIND, "mended");

            assertThat(app.coherence.conflicts(base, vault(vault))).isEmpty();
            open(vault, base, vault, () -> effects.replay(vault(vault), "mended again"));
            assertThat(app.store.index.nextVersion(Vault.KIND, vault)).isEqualTo(2);
        }

        @Test
        void it_is_no_action_that_is_read() {
            String vault = newId();
            open(vault, null, vault, () -> {});
            effects.replay(vault(vault), "mended");

            assertThat(app.coherence.state(vault(vault)).revision().version()).hasValue(0);
        }
    }
}
