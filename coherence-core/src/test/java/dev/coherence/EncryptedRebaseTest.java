package dev.coherence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Action;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.conflict.Dispute;
import dev.coherence.encryption.Encrypted;
import dev.coherence.encryption.Encryption;
import dev.coherence.key.EndedKeyException;
import dev.coherence.key.InMemoryKeyStorage;
import dev.coherence.key.KeyTerm;
import dev.coherence.key.KeyVault;
import dev.coherence.key.LocalMasterKeys;
import dev.coherence.key.RetentionClasses;
import dev.coherence.key.StoredKeyVault;
import dev.coherence.key.UnknownKeyException;
import dev.coherence.log.InMemoryEventLog;
import dev.coherence.rebase.RebaseBuilder;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.rebase.RebaseResult.Conflicting;
import dev.coherence.revision.Revision;
import dev.coherence.value.EncryptedValue;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Value;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Encrypted values in patches, from the call to what a reader sees. */
class EncryptedRebaseTest {

    private static final Identity KEY = Identity.of("customer", "17");
    private static final Identity ORDER = Identity.of("order", "1");
    private static final Path CARD = Path.of("card");

    private final KeyVault vault = new StoredKeyVault(
            new InMemoryKeyStorage(),
            LocalMasterKeys.of("2025", Map.of("2025", Base64.getEncoder().encodeToString(new byte[32]))),
            RetentionClasses.none(),
            Clock.systemUTC());
    private final Encryption encryption = Encryption.with(vault);
    private final CoherenceSettings settings = CoherenceSettings.withSource("shop")
            .withPolicy(ConflictPolicy.MERGE)
            .withEncryption(encryption);
    private final Coherence coherence = Coherence.over(new InMemoryEventLog(), settings);

    {
        vault.create(KEY, KeyTerm.unlimited());
    }

    private RebaseBuilder pay(Revision base, Object card) {
        return coherence
                .rebase(base)
                .action(action -> action.reason("pay")
                        .actor("user", "ann")
                        .aggregate(ORDER)
                        .assoc("card", card));
    }

    private static Encrypted secret(String number) {
        return Encrypted.of(number, KEY).withMask("*" + number.substring(number.length() - 4));
    }

    private RecordedAction accepted(RebaseResult result) {
        assertThat(result).isInstanceOf(Accepted.class);
        Event event = ((Accepted) result).events().get(0);
        return (RecordedAction) event;
    }

    @Nested
    class An_action {

        @Test
        void stores_the_value_encrypted_and_is_linked_to_the_key() {
            Action stored = accepted(
                            pay(Revision.at(0), secret("4111222233334444")).execute())
                    .action();

            assertThat(stored.triggers()).containsExactly(KEY);
            Value value = stored.patch().assoc().get(CARD);
            assertThat(value).isInstanceOf(EncryptedValue.class);
            assertThat(value.toJson()).doesNotContain("411122223333");
            assertThat(encryption.decrypt((EncryptedValue) value, "order:1/card"))
                    .contains(Value.of("4111222233334444"));
        }

        @Test
        void is_followed_by_an_effect_on_the_key() {
            accepted(pay(Revision.at(0), secret("4111222233334444")).execute());
            coherence
                    .rebase(Revision.at(1))
                    .effect(e -> e.reason("key-expired").trigger(KEY.kind(), KEY.id()))
                    .execute();

            assertThat(coherence.conflicts(Revision.at(1), ORDER)).hasSize(1);
        }

        @Test
        void is_refused_with_a_key_that_has_ended_or_is_unknown() {
            vault.end(KEY);
            assertThatThrownBy(() -> pay(Revision.at(0), secret("4111222233334444")))
                    .isInstanceOf(EndedKeyException.class);
            Encrypted unknown = Encrypted.of("4111", Identity.of("customer", "18"));
            assertThatThrownBy(() -> pay(Revision.at(0), unknown)).isInstanceOf(UnknownKeyException.class);
            assertThat(coherence.sequenceNumber()).isZero();
        }

        @Test
        void is_refused_if_its_key_ends_before_it_is_stored() {
            RebaseBuilder rebase = pay(Revision.at(0), secret("4111222233334444"));
            vault.end(KEY);
            assertThatThrownBy(rebase::execute).isInstanceOf(EndedKeyException.class);
            assertThatThrownBy(() -> rebase.dryRun().execute()).isInstanceOf(EndedKeyException.class);
            assertThat(coherence.sequenceNumber()).isZero();
        }

        @Test
        void made_elsewhere_needs_its_key_in_the_vault() {
            Action stored = accepted(
                            pay(Revision.at(0), secret("4111222233334444")).execute())
                    .action();
            Coherence elsewhere = Coherence.over(new InMemoryEventLog(), CoherenceSettings.withSource("elsewhere"));
            RebaseBuilder copied = elsewhere.rebase(Revision.at(0)).append(stored, Optional.empty(), Optional.empty());
            assertThatThrownBy(copied::execute)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("key vault");
        }

        @Test
        void takes_no_value_that_was_encrypted_for_another_place() {
            Value stored = accepted(
                            pay(Revision.at(0), secret("4111222233334444")).execute())
                    .action()
                    .patch()
                    .assoc()
                    .get(CARD);
            for (Object value : List.of(stored, Map.of("inside", stored))) {
                assertThatThrownBy(() -> pay(Revision.at(1), value))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("history[0].action.patch.assoc[\"card\"]");
            }
        }
    }

    @Nested
    class Conflicts {

        private final Revision base = Revision.at(0);

        @Test
        void are_none_if_both_encrypt_the_same() {
            pay(base, secret("4111222233334444")).execute();
            assertThat(pay(base, secret("4111222233334444")).execute()).isInstanceOf(Accepted.class);
            assertThat(pay(base, "4111222233334444").execute()).isInstanceOf(Accepted.class);
        }

        @Test
        void show_masks_only() {
            pay(base, secret("4111222233334444")).execute();
            RebaseResult result = pay(base, secret("5500000000005555")).execute();

            Dispute dispute =
                    ((Conflicting) result).conflicts().get(0).disputes().get(0);
            assertThat(dispute.ours()).contains(Value.of("*5555"));
            assertThat(dispute.theirs()).contains(Value.of("*4444"));
            assertThat(result.toString()).doesNotContain("411122223333", "550000000000", "sealed");
        }

        @Test
        void are_there_if_what_is_stored_can_be_read_no_more() {
            pay(base, secret("4111222233334444")).execute();
            vault.end(KEY);
            assertThat(pay(base, "4111222233334444").execute()).isInstanceOf(Conflicting.class);
        }
    }

    @Test
    void a_reader_sees_the_value_until_the_key_ends_and_then_its_mask() {
        pay(Revision.at(0), secret("4111222233334444")).execute();
        AggregateState state = coherence.state(ORDER);
        assertThat(encryption.reveal(ORDER, state.document().value()).toJson())
                .isEqualTo("{\"card\":\"4111222233334444\"}");
        vault.end(KEY);
        assertThat(encryption.reveal(ORDER, state.document().value()).toJson()).isEqualTo("{\"card\":\"*4444\"}");
    }
}
