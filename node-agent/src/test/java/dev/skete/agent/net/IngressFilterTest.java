package dev.skete.agent.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.skete.agent.net.U32Filter.Key;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bytes that the kernel gets; that it takes them for what they mean is WiringIT's part. */
class IngressFilterTest {
    @BeforeEach
    void theBytesBelowAreOfASmallEndianMachine() {
        assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void aRedirectIsAU32MatchWithMirred() {
        var filter = new U32Filter(3, IngressFilter.IPV4, List.of(new Key(12, -1, 0x0af40105)), OptionalInt.of(2));

        assertThat(hex(filter.message(7))).isEqualTo("""
                00000000 07000000 00000000 0000ffff 08000300
                08000100 75333200
                68000200
                08000100 01000100
                24000500 01000100 00000000 00000000 00000000 ffffffff 0af40105 0c000000 00000000
                38000700
                34000100
                0b000100 6d697272 65640000
                24000200
                20000200 00000000 00000000 04000000 00000000 00000000 01000000 02000000
                """.replaceAll("\\s", ""));
    }

    @Test
    void withoutATargetThereIsNoAction() {
        var filter = new U32Filter(1, IngressFilter.ANY, List.of(new Key(0, 0, 0)), OptionalInt.empty());

        assertThat(hex(filter.message(7))).isEqualTo("""
                00000000 07000000 00000000 0000ffff 00030100
                08000100 75333200
                30000200
                08000100 01000100
                24000500 01000100 00000000 00000000 00000000 00000000 00000000 00000000 00000000
                """.replaceAll("\\s", ""));
    }

    @Test
    void aDropIsAProgramThatReturnsTheVerdict() {
        assertThat(hex(new DropFilter(6, IngressFilter.ANY, OptionalInt.empty()).message(7)))
                .isEqualTo("""
                00000000 07000000 00000000 0000ffff 00030600
                08000100 62706600
                20000200
                06000400 01000000
                0c000500 06000000 02000000
                08000800 01000000
                """.replaceAll("\\s", ""));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
