package dev.coherence.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts with AES in Galois/Counter Mode, as NIST SP 800-38D describes it and the JDK does it, into the format of version 1:
 *
 * <pre>
 * byte 0         1, the version
 * bytes 1 to 12  the nonce: 96 random bits
 * then           the cipher text, as long as the clear text
 * last 16 bytes  the tag
 * </pre>
 *
 * <p>Bound to it, as associated data, are the version and texts that say what it is for, so that it is nothing anywhere else. By
 * the same publication, one key should seal at most 2<sup>32</sup> times, as the nonces are random. Thread-safe.
 */
public final class Sealing {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEADER_BYTES = 1 + NONCE_BYTES;

    private final SecureRandom random;

    /**
     * @param random makes the nonces; cryptographic
     */
    public Sealing(SecureRandom random) {
        this.random = random;
    }

    /**
     * What is bound to a cipher text: each text with its length before it, so that no two lists of texts are bound as the same.
     */
    public static byte[] bind(String... texts) {
        byte[][] parts = Stream.of(texts).map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
        int length = 1
                + Stream.of(parts).mapToInt(part -> Integer.BYTES + part.length).sum();
        ByteBuffer bound = ByteBuffer.allocate(length).put(VERSION);
        for (byte[] part : parts) {
            bound.putInt(part.length).put(part);
        }
        return bound.array();
    }

    /** Encrypts the clear text, which is not changed. */
    public byte[] seal(SecretKey key, byte[] clear, byte[] bound) {
        byte[] sealed = new byte[HEADER_BYTES + clear.length + TAG_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        sealed[0] = VERSION;
        System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
        try {
            cipher(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(clear, 0, clear.length, sealed, HEADER_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /**
     * Decrypts what was sealed with the key, and with the same texts bound to it.
     *
     * @throws AEADBadTagException if it was not, or any of its bytes is another one
     */
    public byte[] open(SecretKey key, byte[] sealed, byte[] bound) throws AEADBadTagException {
        if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] != VERSION) {
            throw new AEADBadTagException("this is not the format of version " + VERSION);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        System.arraycopy(sealed, 1, nonce, 0, NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, bound)
                    .doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    /** The JDK has to have this algorithm, and the parameters are constants. */
    private static IllegalStateException unusable(GeneralSecurityException cause) {
        return new IllegalStateException("AES in Galois/Counter Mode does not work on this JVM", cause);
    }
}
