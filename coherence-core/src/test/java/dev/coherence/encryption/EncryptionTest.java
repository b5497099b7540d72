package dev.coherence.encryption;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.document.Document;
import dev.coherence.key.EndedKeyException;
import dev.coherence.key.InMemoryKeyStorage;
import dev.coherence.key.KeyTerm;
import dev.coherence.key.KeyVault;
import dev.coherence.key.LocalMasterKeys;
import dev.coherence.key.RetentionClasses;
import dev.coherence.key.StoredKeyVault;
import dev.coherence.key.UnknownKeyException;
import dev.coherence.value.ConcealedValue;
import dev.coherence.value.EncryptedValue;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.MapValue;
import dev.coherence.value.Value;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {

    private static final Identity KEY = Identity.of("customer", "17");
    private static final Identity OTHER_KEY = Identity.of("customer", "18");
    private static final Identity ORDER = Identity.of("order", "1");
    private static final Path CARD = Path.of("payment", "card");
    private static final String LABEL = "order:1/payment.card";

    private final KeyVault vault = vault();
    private final Encryption encryption = Encryption.with(vault);

    static KeyVault vault() {
        String masterKey = Base64.getEncoder().encodeToString(new byte[32]);
        return new StoredKeyVault(
                new InMemoryKeyStorage(),
                LocalMasterKeys.of("2025", Map.of("2025", masterKey)),
                RetentionClasses.none(),
                Clock.systemUTC());
    }

    {
        vault.create(KEY, KeyTerm.unlimited());
        vault.create(OTHER_KEY, KeyTerm.unlimited());
    }

    private EncryptedValue encrypt(Object clear) {
        return encryption.encrypt(Encrypted.of(clear, KEY).withMask("*1111"), LABEL);
    }

    private static EncryptedValue with(EncryptedValue value, String json, String replacement) {
        return (EncryptedValue) Value.parse(value.toJson().replace(json, replacement));
    }

    @Nested
    class A_value {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "null",
                    "true",
                    "17",
                    "-1.5e30",
                    "\"\"",
                    "\"4111 ü😀\"",
                    "[]",
                    "[1,[null,\"x\"]]",
                    "{\"a\":{\"b\":2}}"
                })
        void comes_back_in_its_own_type(String json) {
            Value clear = Value.parse(json);
            assertThat(encryption.decrypt(encrypt(clear), LABEL)).contains(clear);
        }

        @Test
        void survives_its_JSON() {
            EncryptedValue value = encrypt("4111");
            assertThat(Value.parse(value.toJson())).isEqualTo(value);
            Value inside = Value.of(Map.of("a", value, "b", 1));
            assertThat(Value.parse(inside.toJson())).isEqualTo(inside);
            assertThat(Value.of(inside.toJava())).isEqualTo(inside);
        }

        @Test
        void is_nowhere_in_clear() {
            EncryptedValue value = encrypt("4111-clear-text");
            String sealed = new String(Base64.getDecoder().decode(value.sealed()), ISO_8859_1);
            assertThat(value.toJson() + value + sealed + Encrypted.of("4111-clear-text", KEY))
                    .doesNotContain("4111-clear-text");
        }

        @Test
        void is_encrypted_differently_each_time() {
            assertThat(encrypt("4111")).isNotEqualTo(encrypt("4111"));
        }

        @Test
        void leaves_its_mask_when_its_key_has_ended() {
            EncryptedValue value = encrypt("4111");
            vault.end(KEY);
            assertThat(encryption.decrypt(value, LABEL)).isEmpty();
            assertThat(value.masked()).isEqualTo(Value.of("*1111"));
        }

        @Test
        void is_not_encrypted_with_a_key_that_has_ended_or_is_unknown() {
            vault.end(KEY);
            assertThatThrownBy(() -> encrypt("4111")).isInstanceOf(EndedKeyException.class);
            Encrypted unknown = Encrypted.of("4111", Identity.of("customer", "19"));
            assertThatThrownBy(() -> encryption.encrypt(unknown, LABEL)).isInstanceOf(UnknownKeyException.class);
        }

        @Test
        void is_not_encrypted_twice() {
            EncryptedValue once = encrypt("4111");
            assertThatThrownBy(() -> Encrypted.of(once, KEY)).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> Encrypted.of("4111", KEY).withMask(once))
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    @Nested
    class What_was_changed {

        @Test
        void is_refused_at_every_byte() {
            EncryptedValue value = encrypt("4111");
            byte[] sealed = Base64.getDecoder().decode(value.sealed());
            for (int i = 0; i < sealed.length; i++) {
                byte[] flipped = sealed.clone();
                flipped[i] ^= 1;
                assertCorrupt(new EncryptedValue(
                        value.keyKind(),
                        value.keyId(),
                        value.label(),
                        Base64.getEncoder().encodeToString(flipped),
                        value.mask()));
            }
        }

        @Test
        void is_refused_with_another_key_or_mask() {
            EncryptedValue value = encrypt("4111");
            assertCorrupt(with(value, "\"id\":\"17\"", "\"id\":\"18\""));
            assertCorrupt(with(value, "*1111", "*2222"));
        }

        @Test
        void is_refused_at_another_place() {
            EncryptedValue value = encrypt("4111");
            assertThatThrownBy(() -> encryption.decrypt(value, "order:2/payment.card"))
                    .isInstanceOf(CorruptValueException.class)
                    .hasMessageContainingAll("order:2/payment.card", "order:1/payment.card", "customer:17");
            EncryptedValue relabelled = with(value, "order:1", "order:2");
            assertThatThrownBy(() -> encryption.decrypt(relabelled, "order:2/payment.card"))
                    .isInstanceOf(CorruptValueException.class);
        }

        @Test
        void is_refused_where_its_key_was_never_known() {
            EncryptedValue value = encrypt("4111");
            assertThatThrownBy(() -> Encryption.with(vault()).decrypt(value, LABEL))
                    .isInstanceOf(UnknownKeyException.class)
                    .hasMessageContaining("customer:17");
        }

        private void assertCorrupt(EncryptedValue value) {
            assertThatThrownBy(() -> encryption.decrypt(value, LABEL))
                    .isInstanceOfSatisfying(
                            CorruptValueException.class,
                            e -> assertThat(e.label()).isEqualTo(LABEL));
        }
    }

    @Nested
    class A_text {

        private EncryptedValue text(String clear) {
            return encryption.encryptText(clear, LABEL, KEY, Value.of("*1111"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "1.50", "{ \"a\" : 1.0, \"a\" : 2 }", "ü😀"})
        void comes_back_as_it_is(String clear) {
            EncryptedValue stored = (EncryptedValue) Value.parse(text(clear).toJson());
            assertThat(encryption.decryptText(stored, LABEL)).contains(clear);
        }

        @Test
        void is_not_taken_for_a_value_nor_a_value_for_a_text() {
            assertThatThrownBy(() -> encryption.decrypt(text("\"4111\""), LABEL))
                    .isInstanceOf(CorruptValueException.class);
            assertThatThrownBy(() -> encryption.decryptText(encrypt("4111"), LABEL))
                    .isInstanceOf(CorruptValueException.class);
        }

        @Test
        void is_read_at_its_place_only_and_not_after_its_key_has_ended() {
            EncryptedValue value = text("4111");
            assertThatThrownBy(() -> encryption.decryptText(value, "another"))
                    .isInstanceOf(CorruptValueException.class);
            vault.end(KEY);
            assertThat(encryption.decryptText(value, LABEL)).isEmpty();
            assertThatThrownBy(() -> text("4111")).isInstanceOf(EndedKeyException.class);
        }
    }

    @Nested
    class Two_values {

        @Test
        void that_are_concealed_are_the_same_if_they_are_so_in_clear() {
            Value concealed = ConcealedValue.of(Value.of("4111"), Value.NULL);
            assertThat(same(concealed, ConcealedValue.of(Value.of("4111"), Value.of("*"))))
                    .isTrue();
            assertThat(same(concealed, encrypt("4111"))).isTrue();
            assertThat(same(concealed, ConcealedValue.of(Value.of("4112"), Value.NULL)))
                    .isFalse();
            Value forgotten = ConcealedValue.forgotten(Value.NULL);
            assertThat(same(forgotten, forgotten)).isFalse();
        }

        @Test
        void are_the_same_as_long_as_they_can_be_decrypted() {
            EncryptedValue one = encrypt("4111");
            EncryptedValue other = encryption.encrypt(Encrypted.of("4111", OTHER_KEY), LABEL);
            assertThat(same(one, other)).isTrue();
            assertThat(same(one, Value.of("4111"))).isTrue();
            assertThat(same(one, encrypt("4112"))).isFalse();
            vault.end(KEY);
            assertThat(same(one, other)).isFalse();
            assertThat(same(one, one)).isFalse();
        }

        @Test
        void are_the_same_as_maps_around_them() {
            Path payment = Path.of("payment");
            Value one = Value.of(Map.of("card", encrypt("4111"), "sum", 5));
            Value other = Value.of(Map.of("card", encrypt("4111"), "sum", 5));
            assertThat(encryption.areSame(ORDER, payment, one, other)).isTrue();
            assertThat(encryption.areSame(ORDER, payment, one, Value.of(Map.of("card", "4111"))))
                    .isFalse();
        }

        private boolean same(Value one, Value other) {
            return encryption.areSame(ORDER, CARD, one, other);
        }
    }

    @Nested
    class A_reader {

        @Test
        void sees_what_is_concealed_in_clear_or_its_mask() {
            Value document = Value.of(Map.of(
                    "card",
                    ConcealedValue.of(Value.of("4111"), Value.of("*")),
                    "name",
                    ConcealedValue.forgotten(Value.of("?"))));
            assertThat(encryption.reveal(ORDER, (MapValue) document).toJson())
                    .isEqualTo("{\"card\":\"4111\",\"name\":\"?\"}");
        }

        private final Patch patch =
                new Patch(new TreeMap<>(Map.of(CARD, encrypt("4111"), Path.of("sum"), Value.of(5))), new TreeSet<>());

        @Test
        void sees_a_document_in_clear_until_the_key_ends() {
            MapValue document = Document.empty().apply(patch).value();
            assertThat(encryption.reveal(ORDER, document).toJson())
                    .isEqualTo("{\"payment\":{\"card\":\"4111\"},\"sum\":5}");
            vault.end(KEY);
            assertThat(encryption.reveal(ORDER, document).toJson())
                    .isEqualTo("{\"payment\":{\"card\":\"*1111\"},\"sum\":5}");
            assertThat(document.masked()).isEqualTo(encryption.reveal(ORDER, document));
        }

        @Test
        void sees_a_patch_in_clear_until_the_key_ends() {
            assertThat(encryption.reveal(ORDER, patch).assoc()).containsEntry(CARD, Value.of("4111"));
            vault.end(KEY);
            assertThat(encryption.reveal(ORDER, patch).assoc()).containsEntry(CARD, Value.of("*1111"));
        }

        @Test
        void sees_what_is_clear_as_it_is() {
            Patch clear = Patch.builder().assoc("sum", 5).build();
            assertThat(encryption.reveal(ORDER, clear)).isSameAs(clear);
        }
    }

    @Nested
    class Without_a_vault {

        @Test
        void nothing_is_encrypted_and_only_masks_are_read() {
            EncryptedValue value = encrypt("4111");
            Encryption none = Encryption.none();
            assertThatThrownBy(() -> none.encrypt(Encrypted.of("4111", KEY), LABEL))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("key vault");
            assertThatThrownBy(() -> none.hold(new TreeSet<>(List.of(KEY)))).isInstanceOf(IllegalStateException.class);
            none.hold(new TreeSet<>());
            assertThat(none.decrypt(value, LABEL)).isEmpty();
        }
    }
}
