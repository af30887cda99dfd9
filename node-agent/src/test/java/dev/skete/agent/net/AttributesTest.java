package dev.skete.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AttributesTest {
    @Property
    void whatIsWrittenIsRead(@ForAll @IntRange(min = 1, max = 9) int type, @ForAll @Size(max = 99) byte[] payload) {
        byte[] written = new Attributes().bytes(type, payload).number(10, 42).toBytes();

        var read = Attributes.read(ByteBuffer.wrap(written).order(ByteOrder.nativeOrder()), 0);

        var number = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(0, 42);
        assertThat(read).containsOnly(Map.entry(type, ByteBuffer.wrap(payload)), Map.entry(10, number));
        assertThat(written.length % 4).isZero();
    }

    @Property
    void noiseIsReadWithoutHarm(@ForAll @Size(max = 200) byte[] noise) {
        Attributes.read(ByteBuffer.wrap(noise).order(ByteOrder.nativeOrder()), 0)
                .values()
                .forEach(value -> assertThat(value.limit()).isLessThanOrEqualTo(noise.length));
    }
}
