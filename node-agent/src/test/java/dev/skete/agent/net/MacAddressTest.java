package dev.skete.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MacAddressTest {
    @Property
    void bytesComeBack(@ForAll @Size(6) byte[] bytes) {
        assertThat(MacAddress.of(bytes).bytes()).isEqualTo(bytes);
    }

    @Test
    void itsHalvesAreThoseOfAFrame() {
        var mac = new MacAddress(0x0200_0af4_0105L);

        assertThat(mac).hasToString("02:00:0a:f4:01:05");
        assertThat(mac.head()).isEqualTo(0x02000af4);
        assertThat(mac.tail()).isEqualTo(0x0105);
    }
}
