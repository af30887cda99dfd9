package dev.skete.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.linux.PidFd;
import dev.skete.api.VnetHeader;
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wires from a process that has just the capabilities that the code says it needs. Needs root. */
class CapabilitiesIT {
    private static final List<String> NEEDED = List.of("sys_admin", "net_admin", "sys_ptrace", "net_bind_service");

    @Test
    void fourCapabilitiesSuffice() throws Exception {
        try (var pod = TestPod.inASubnet()) {
            assertThat(wireWith(NEEDED, pod)).contains("wired tap0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sys_admin", "net_admin", "sys_ptrace", "net_bind_service"})
    void eachOfThemIsNeeded(String one) throws Exception {
        try (var pod = TestPod.inASubnet()) {
            var others = NEEDED.stream().filter(name -> !name.equals(one)).toList();
            assertThat(wireWith(others, pod)).containsPattern("KernelRefused: .*(EPERM|EACCES)");
        }
    }

    private static String wireWith(List<String> capabilities, TestPod pod) throws IOException {
        String set = Stream.concat(Stream.of("-all"), capabilities.stream().map(name -> "+" + name))
                .collect(Collectors.joining(","));
        var wiring = new ProcessBuilder(
                        "setpriv",
                        "--bounding-set=" + set,
                        "--inh-caps=-all",
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Wiring.class.getName(),
                        "" + pod.process().pid())
                .redirectErrorStream(true)
                .start();
        return new String(wiring.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The process of its own. */
    static final class Wiring {
        private Wiring() {}

        public static void main(String[] arguments) throws IOException {
            var request = new TapRequest(
                    65532,
                    true,
                    VnetHeader.Enabled,
                    List.of(8080),
                    new Resolver(List.of(), List.of()),
                    "guest",
                    TapMac.Own);
            var loop = new EpollEventLoopGroup(1);
            var networks = new KernelPodNetworks("/dev/net/tun", new PodServices(loop));
            try (var pod = PidFd.ofPid(Integer.parseInt(arguments[0]));
                    var wired = networks.wire(pod, request)) {
                System.out.println("wired " + wired.tap());
            } catch (WiringException refusal) {
                System.out.println(refusal.reason() + ": " + refusal.getMessage());
            } finally {
                loop.shutdownGracefully();
            }
        }
    }
}
