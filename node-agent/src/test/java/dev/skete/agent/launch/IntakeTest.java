package dev.skete.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final Intake intake = new Intake(100);
    private final EmbeddedChannel first = new EmbeddedChannel(intake);
    private final EmbeddedChannel second = new EmbeddedChannel(intake);
    private final EmbeddedChannel third = new EmbeddedChannel(intake);

    private static ByteBuf bytes(int count) {
        return Unpooled.wrappedBuffer(new byte[count]);
    }

    @Test
    void beyondTheBoundWhoHasTalkedForLongestIsHungUpOn() {
        second.writeInbound(bytes(50));
        first.writeInbound(bytes(50));
        assertThat(first.isOpen() && second.isOpen()).isTrue();
        third.writeInbound(bytes(1));
        assertThat(first.isOpen()).isFalse();
        assertThat(second.isOpen() && third.isOpen()).isTrue();
        assertThat(third.<ByteBuf>readInbound().readableBytes()).isOne();
    }

    @Test
    void whatSomebodySaysBeyondAllRoomGoesNoFurther() {
        first.close();
        second.close();
        assertThat(third.writeInbound(bytes(101))).isFalse();
        assertThat(third.isOpen()).isFalse();
    }

    @Test
    void aFinishedRequestTakesItsRoomUntilItIsGivenBackAndItsConnectionStays() {
        first.writeInbound(bytes(90));
        assertThat(intake.finish(first)).isEqualTo(90);
        second.writeInbound(bytes(20));
        assertThat(first.isOpen()).isTrue();
        assertThat(second.isOpen()).isFalse();
        intake.giveBack(90);
        third.writeInbound(bytes(100));
        assertThat(third.isOpen()).isTrue();
    }

    @Test
    void whoLeavesGivesRoomAndWhoIsAnsweredIsCountedNoMore() {
        first.writeInbound(bytes(100));
        first.close();
        intake.giveBack(intake.finish(second));
        second.writeInbound(bytes(1000));
        third.writeInbound(bytes(100));
        assertThat(second.isOpen() && third.isOpen()).isTrue();
    }
}
