package dev.skete.agent.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProtocolErrorIT extends LauncherScene {

    static Stream<Arguments> answersThatMakeNoSense() {
        var command = Frame.list('V', List.of("/bin/true"));
        var environment = Frame.list('E', List.of());
        return Stream.of(
                Arguments.of("an unknown type", headerOnly('Z', 0), "not expected here"),
                Arguments.of("zero bytes", new byte[64], "not expected here"),
                Arguments.of("non-zero padding", new byte[] {'V', 0, 1, 0, 0, 0, 0, 0}, "not expected here"),
                Arguments.of("the wrong order", bytes(environment), "not expected here"),
                Arguments.of("a huge length and no payload", headerOnly('V', -1), "over 262144 bytes"),
                Arguments.of("one byte over the limit", headerOnly('R', Frame.LIMIT + 1), "over 262144 bytes"),
                Arguments.of("an interface that does not come", bytes(Frame.text('I', "")), "did not come"),
                Arguments.of("no command", bytes(Frame.text('V', "")), "argument list is empty"),
                Arguments.of("an unfinished list", bytes(Frame.text('V', "/bin/true")), "does not end with a NUL"),
                Arguments.of(
                        "a short exit map",
                        bytes(command, environment, new Frame('X', new byte[255])),
                        "does not have 256 entries"),
                Arguments.of(
                        "a rule without a status",
                        Answer.shell("").listeningFor("", "text").bytes(),
                        "no text or no exit status"),
                Arguments.of(
                        "a rule that makes a failure a success",
                        Answer.shell("").listeningFor("", "text", "0").bytes(),
                        "not 1 to 255"),
                Arguments.of(
                        "a rule that is too long",
                        Answer.shell("").listeningFor("", "t".repeat(129), "1").bytes(),
                        "too long"),
                Arguments.of(
                        "rules that are too long",
                        Answer.shell("").listeningFor("t".repeat(4096)).bytes(),
                        "too long"),
                Arguments.of(
                        "too many rules",
                        Answer.shell("")
                                .listeningFor(("\0" + "text\0001\0".repeat(17)).split("\0"))
                                .bytes(),
                        "too many"),
                Arguments.of(
                        "a time to stop that is none",
                        bytes(command, environment, Frame.text('G', "1s")),
                        "not a number"),
                Arguments.of(
                        "rules after the time to stop",
                        bytes(command, environment, Frame.text('G', "1"), Frame.list('W', List.of(""))),
                        "not expected here"),
                Arguments.of("a flood of one letter", "A".repeat(1 << 20).getBytes(UTF_8), "not expected here"));
    }

    private static byte[] headerOnly(char type, int length) {
        var header = ByteBuffer.wrap(new Frame(type, new byte[0]).bytes());
        return header.order(ByteOrder.LITTLE_ENDIAN).putInt(4, length).array();
    }

    private static byte[] bytes(Frame... frames) {
        var bytes = new ByteArrayOutputStream();
        Arrays.stream(frames).map(Frame::bytes).forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersThatMakeNoSense")
    void anAnswerThatMakesNoSenseEndsItWith124(String what, byte[] answer, String reason) throws Exception {
        try (var launcher = launcher();
                var connection = agent.accept()) {
            connection.request();
            Thread.ofPlatform().daemon().start(() -> writeUntilItCloses(connection, answer));
            assertThat(launcher.exitStatus()).as(what).isEqualTo(124);
            assertThat(launcher.stderr())
                    .startsWith("skete: node agent and launcher do not understand each other: ")
                    .contains(reason);
        }
    }

    private static void writeUntilItCloses(Connection connection, byte[] answer) {
        try {
            connection.write(answer);
        } catch (IOException closed) {
            // Expected for the flood: the launcher leaves after its first eight bytes.
        }
    }
}
