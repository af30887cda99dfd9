package dev.skete.e2e;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * XChaCha20-Poly1305 of draft-irtf-cfrg-xchacha-03 over the JDK's ChaCha20-Poly1305: another implementation than the guest's.
 *
 * @param key 32 bytes
 */
record XChaCha(byte[] key) {
    private static final int NONCE = 24;
    private static final int DERIVING = 16;

    /** Nonce, ciphertext and tag, as the guest puts them. */
    byte[] seal(byte[] nonce, byte[] associated, byte[] plain) throws GeneralSecurityException {
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, associated).doFinal(plain);
        return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    }

    byte[] open(byte[] associated, byte[] sealed) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), associated)
                .doFinal(sealed, NONCE, sealed.length - NONCE);
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("ChaCha20-Poly1305");
        var rest = ByteBuffer.allocate(12).putInt(0).put(nonce, DERIVING, NONCE - DERIVING);
        var derived = new SecretKeySpec(derive(nonce), "ChaCha20");
        cipher.init(mode, derived, new IvParameterSpec(rest.array()));
        cipher.updateAAD(associated);
        return cipher;
    }

    /** HChaCha20, section 2.2. */
    private byte[] derive(byte[] nonce) {
        var input = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        input.put("expand 32-byte k".getBytes(StandardCharsets.US_ASCII))
                .put(key)
                .put(nonce, 0, DERIVING)
                .flip();
        int[] s = new int[16];
        input.asIntBuffer().get(s);
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 4; i++) {
                quarter(s, i, 4 + i, 8 + i, 12 + i);
            }
            for (int i = 0; i < 4; i++) {
                quarter(s, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
            }
        }
        var output = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        output.asIntBuffer().put(s, 0, 4).put(s, 12, 4);
        return output.array();
    }

    private static void quarter(int[] s, int a, int b, int c, int d) {
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 16);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 12);
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 8);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 7);
    }
}
