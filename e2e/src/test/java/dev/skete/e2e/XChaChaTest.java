package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The vector of draft-irtf-cfrg-xchacha-03, appendix A.3.1, which the guest's own tests have too. */
class XChaChaTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void sealsAndOpensAsTheDraftDoes() throws Exception {
        var cipher = new XChaCha(range(0x80, 32));
        byte[] associated = HEX.parseHex("50515253c0c1c2c3c4c5c6c7");
        byte[] plain = ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
                        + "sunscreen would be it.")
                .getBytes(StandardCharsets.US_ASCII);

        byte[] sealed = cipher.seal(range(0x40, 24), associated, plain);

        assertThat(HEX.formatHex(Arrays.copyOfRange(sealed, 24, sealed.length)))
                .startsWith("bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb")
                .endsWith("c0875924c1c7987947deafd8780acf49");
        assertThat(cipher.open(associated, sealed)).isEqualTo(plain);
    }

    private static byte[] range(int from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }
}
