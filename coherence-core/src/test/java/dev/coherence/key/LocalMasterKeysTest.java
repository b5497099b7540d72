package dev.coherence.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.value.InvalidInputException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalMasterKeysTest {

    private static final Identity NAME = Identity.of("customer", "17");
    private static final String OLD = secret(1);
    private static final String NEW = secret(2);

    private final DataKey key = DataKey.generate(NAME, new SecureRandom());
    private final LocalMasterKeys old = LocalMasterKeys.of("2025", Map.of("2025", OLD));
    private final LocalMasterKeys rotated = LocalMasterKeys.of("2026", Map.of("2025", OLD, "2026", NEW));

    private static String secret(int content) {
        return Base64.getEncoder().encodeToString(bytes(content));
    }

    private static byte[] bytes(int content) {
        byte[] bytes = new byte[DataKey.BYTES];
        bytes[7] = (byte) content;
        return bytes;
    }

    @Nested
    class A_wrapped_key {

        private final WrappedKey wrapped = old.wrap(key);

        @Test
        void is_unwrapped() {
            assertThat(old.unwrap(NAME, wrapped)).isEqualTo(key);
        }

        @Test
        void is_wrapped_differently_each_time() {
            assertThat(old.wrap(key)).isNotEqualTo(wrapped);
        }

        @Test
        void is_wrapped_anew_after_a_rotation() {
            assertThat(rotated.isCurrent(wrapped)).isFalse();
            WrappedKey anew = rotated.rewrap(NAME, wrapped);
            assertThat(rotated.isCurrent(anew)).isTrue();
            assertThat(LocalMasterKeys.of("2026", Map.of("2026", NEW)).unwrap(NAME, anew))
                    .isEqualTo(key);
        }

        @Test
        void cannot_stand_for_another_one() {
            Identity other = Identity.of("customer", "18");
            assertThatThrownBy(() -> old.unwrap(other, wrapped))
                    .isInstanceOf(WrongMasterKeyException.class)
                    .hasMessageContainingAll("customer:18", "2025");
        }

        @Test
        void cannot_be_unwrapped_without_its_master_key() {
            LocalMasterKeys without = LocalMasterKeys.of("2026", Map.of("2026", NEW));
            assertThatThrownBy(() -> without.unwrap(NAME, wrapped))
                    .isInstanceOf(MissingMasterKeyException.class)
                    .hasMessageContainingAll("2025", "[2026]");
        }

        @Test
        void cannot_be_unwrapped_with_another_master_key_of_the_same_id() {
            LocalMasterKeys wrong = LocalMasterKeys.of("2025", Map.of("2025", NEW));
            assertThatThrownBy(() -> wrong.unwrap(NAME, wrapped))
                    .isInstanceOf(WrongMasterKeyException.class)
                    .hasMessageContainingAll("customer:17", "2025");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "?", "AAAA"})
        void cannot_be_unwrapped_if_it_was_changed(String text) {
            assertThatThrownBy(() -> old.unwrap(NAME, new WrappedKey("2025", text)))
                    .isInstanceOf(WrongMasterKeyException.class);
        }
    }

    @Nested
    class Configured_keys {

        @Test
        void need_the_current_one_among_them() {
            assertThatThrownBy(() -> LocalMasterKeys.of("2026", Map.of("2025", OLD)))
                    .isInstanceOfSatisfying(
                            MissingMasterKeyException.class,
                            e -> assertThat(e.masterKey()).isEqualTo("2026"))
                    .hasMessageContaining("[2025]");
        }

        @Test
        void are_in_Base64() {
            assertThatThrownBy(() -> LocalMasterKeys.of("a", Map.of("a", "top-secret!")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("master key a: is not in Base64; write 32 random bytes in it")
                    .hasNoCause();
        }

        @Test
        void have_256_bits() {
            assertThatThrownBy(() -> LocalMasterKeys.of("a", Map.of("a", "AAAA")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("master key a: has 3 bytes; AES-256 takes 32, which have to be random");
        }
    }

    @Nested
    class A_key_store {

        private static final char[] PASSWORD = "changeit".toCharArray();

        private KeyStore with(String alias, byte[] secret) throws Exception {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setEntry(
                    alias,
                    new KeyStore.SecretKeyEntry(new SecretKeySpec(secret, "AES")),
                    new KeyStore.PasswordProtection(PASSWORD));
            return store;
        }

        @Test
        void gives_its_secret_keys() throws Exception {
            LocalMasterKeys stored = LocalMasterKeys.of("2025", with("2025", bytes(1)), PASSWORD);
            assertThat(stored.unwrap(NAME, old.wrap(key))).isEqualTo(key);
        }

        @Test
        void needs_the_right_password() throws Exception {
            KeyStore store = with("2025", bytes(1));
            assertThatThrownBy(() -> LocalMasterKeys.of("2025", store, "wrong".toCharArray()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll("2025", "password")
                    .hasMessageNotContaining("wrong");
        }

        @Test
        void needs_keys_of_256_bits() throws Exception {
            KeyStore store = with("2025", new byte[16]);
            assertThatThrownBy(() -> LocalMasterKeys.of("2025", store, PASSWORD))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("16 bytes");
        }

        @Test
        void needs_to_be_loaded() throws GeneralSecurityException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            assertThatThrownBy(() -> LocalMasterKeys.of("2025", store, PASSWORD))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not loaded");
        }
    }

    @Test
    void no_text_shows_a_secret() {
        WrappedKey wrapped = old.wrap(key);
        String shown = key + " " + old + " " + wrapped;
        assertThat(shown)
                .isEqualTo("DataKey[customer:17] LocalMasterKeys[[2025], current 2025] WrappedKey[by master key 2025]");
    }
}
