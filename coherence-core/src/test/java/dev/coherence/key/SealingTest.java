package dev.coherence.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SealingTest {

    private static final SecretKey KEY = new SecretKeySpec(bytes("00".repeat(31) + "01"), "AES");
    private static final byte[] CLEAR = bytes("4111111111111111");
    private static final byte[] BOUND = Sealing.bind("payment.card", "customer", "17");

    private final Sealing sealing = new Sealing(new SecureRandom());

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Gives what is known beforehand. */
    private static SecureRandom known(byte[] nonce) {
        return new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(nonce, 0, bytes, 0, bytes.length);
            }
        };
    }

    @Nested
    class The_format {

        /** Test case 16 of "The Galois/Counter Mode of Operation" by McGrew and Viega, which NIST SP 800-38D refers to. */
        @Test
        void has_the_cipher_text_and_tag_of_the_published_vector() throws AEADBadTagException {
            SecretKey key = new SecretKeySpec(bytes("feffe9928665731c6d6a8f9467308308".repeat(2)), "AES");
            String nonce = "cafebabefacedbaddecaf888";
            byte[] bound = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
            byte[] clear = bytes("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                    + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
            String cipherText = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                    + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662";
            String tag = "76fc6ece0f4e1768cddf8853bb2d551b";

            byte[] sealed = new Sealing(known(bytes(nonce))).seal(key, clear, bound);

            assertThat(hex(sealed)).isEqualTo("01" + nonce + cipherText + tag);
            assertThat(sealing.open(key, sealed, bound)).isEqualTo(clear);
        }

        @Test
        void binds_each_text_with_its_length() {
            assertThat(hex(Sealing.bind("ab", "", "ü")))
                    .isEqualTo("01" + "00000002" + "6162" + "00000000" + "00000002c3bc");
        }

        @Test
        void is_29_bytes_longer_than_the_clear_text() {
            assertThat(sealing.seal(KEY, new byte[0], BOUND)).hasSize(29);
            assertThat(sealing.seal(KEY, new byte[1000], BOUND)).hasSize(1029);
        }
    }

    @Nested
    class Sealed_bytes {

        private final byte[] sealed = sealing.seal(KEY, CLEAR, BOUND);

        @Test
        void give_back_the_clear_text() throws AEADBadTagException {
            assertThat(sealing.open(KEY, sealed, BOUND)).isEqualTo(CLEAR);
        }

        @Test
        void are_refused_with_any_bit_flipped() {
            for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
                byte[] flipped = sealed.clone();
                flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertRefused(KEY, flipped, BOUND);
            }
        }

        @Test
        void are_refused_with_any_bit_of_what_is_bound_flipped() {
            for (int bit = 0; bit < BOUND.length * Byte.SIZE; bit++) {
                byte[] flipped = BOUND.clone();
                flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertRefused(KEY, sealed, flipped);
            }
        }

        @Test
        void are_refused_at_any_other_length() {
            for (int length = 0; length < sealed.length; length++) {
                assertRefused(KEY, Arrays.copyOf(sealed, length), BOUND);
            }
            assertRefused(KEY, Arrays.copyOf(sealed, sealed.length + 1), BOUND);
        }

        @Test
        void are_refused_with_another_key() {
            assertRefused(new SecretKeySpec(new byte[32], "AES"), sealed, BOUND);
        }

        private void assertRefused(SecretKey key, byte[] bytes, byte[] bound) {
            assertThatThrownBy(() -> sealing.open(key, bytes, bound)).isInstanceOf(AEADBadTagException.class);
        }
    }

    @Test
    void no_nonce_comes_twice() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            assertThat(nonces.add(hex(sealing.seal(KEY, new byte[0], BOUND)).substring(2, 26)))
                    .isTrue();
        }
    }
}
