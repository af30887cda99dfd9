package dev.skete.agent.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.skete.agent.linux.PidFd;
import dev.skete.agent.peer.PeerGate.Holder;
import dev.skete.agent.refusal.Refusal;
import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who a connection is believed to be from when its process is gone, or another has its pid by then: by Linux 6.5's way of holding a peer, and
 * by the one before. Needs root, for cgroups and clone3's set_tid.
 */
@Timeout(30)
class PeerGateIT {
    /** What becomes of the process that connects. */
    private enum Fate {
        LIVES,
        ENDS,
        /** And one of another pod gets its pid. */
        IS_REPLACED
    }

    /** Perl, because every Debian has it. The parent keeps the connection of its child. */
    private static final String SCRIPT = """
            use Socket; use POSIX (); $| = 1;
            my ($path, $first, $second, $network, $fate) = @ARGV;
            sub join_group { open(my $f, '>', "$_[0]/cgroup.procs") or die "$_[0]: $!"; syswrite($f, $$) or die $!; }
            socket(my $s, AF_UNIX, SOCK_STREAM, 0) or die $!;
            my $pid = fork() // die $!;
            if (!$pid) { join_group($first); connect($s, pack_sockaddr_un($path)) or die $!; }
            if (!$pid && $fate eq 'LIVES') { print "ready\n"; sleep 600; }
            POSIX::_exit(0) if !$pid;
            waitpid($pid, 0);
            if ($fate eq 'IS_REPLACED') {
              my $tid = pack('l', $pid);
              my $clone = pack('Q11', 0, 0, 0, 0, 17, 0, 0, 0, unpack('Q', pack('P', $tid)), 1, 0);
              my $again = syscall(435, $clone, 88);
              die "clone3: $!" if $again < 0;
              if ($again == 0) {
                close($s);
                join_group($second);
                open(my $n, '<', $network) or die $!;
                syscall(308, fileno($n), 0) == 0 or die "setns: $!";
                print "ready\n";
                sleep 600;
              }
              die 'another pid' unless $again == $pid;
            } else { print "ready\n"; }
            sleep 600;
            """;

    @TempDir
    Path directory;

    private final String first = UUID.randomUUID().toString();
    private final String second = UUID.randomUUID().toString();
    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
    private final String name = "sk-gate-" + ProcessHandle.current().pid();
    private final Path cgroups = cgroupRoot().resolve("skete-test-" + name);

    private @Nullable Process process;

    @AfterEach
    void remove() throws Exception {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        loop.shutdownGracefully().await(1, TimeUnit.SECONDS);
        run("sh", "-c", "ip netns del %1$s-1; ip netns del %1$s-2".formatted(name));
        run("sh", "-c", "find %s -depth -type d -exec rmdir {} +".formatted(cgroups));
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of("as since Linux 6.5", (Holder) PidFd::ofPeer),
                Arguments.of("as before Linux 6.5", (Holder) (_, pid) -> PidFd.ofPid(pid)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void aPeerThatLivesIsItsPods(String way, Holder holder) throws Exception {
        try (var peer = identified(holder, Fate.LIVES).get()) {
            assertThat(peer.pod().podUid()).isEqualTo(first);
            assertThat(peer.pidFd().alive()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void aPeerThatIsGoneIsNobody(String way, Holder holder) throws Exception {
        assertGone(identified(holder, Fate.ENDS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void aProcessThatGotThePidOfAPeerIsNotTakenForIt(String way, Holder holder) throws Exception {
        assertGone(identified(holder, Fate.IS_REPLACED));
    }

    private static void assertGone(CompletableFuture<Peer> identified) {
        assertThat(catchThrowableOfType(ExecutionException.class, identified::get))
                .cause()
                .asInstanceOf(InstanceOfAssertFactories.type(RefusedException.class))
                .extracting(RefusedException::refusal)
                .isEqualTo(new Refusal(RefusalReason.NotAPod, "the process that connected is gone"));
    }

    /** What the gate makes of a peer that it sees when the fate has come to pass, and not before. */
    private CompletableFuture<Peer> identified(Holder holder, Fate fate) throws Exception {
        var identified = new CompletableFuture<Peer>();
        var socket = directory.resolve("agent.sock");
        var server = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerDomainSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<EpollDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollDomainSocketChannel peer) {
                        try {
                            identified.complete(new PeerGate(Path.of("/proc"), holder).identify(peer));
                        } catch (RefusedException e) {
                            identified.completeExceptionally(e);
                        }
                    }
                })
                .bind(new DomainSocketAddress(socket.toFile()))
                .sync()
                .channel();
        run("ip", "netns", "add", name + "-1");
        run("ip", "netns", "add", name + "-2");
        var said = directory.resolve("said");
        // Not `ip netns exec`, which hides the cgroups.
        process = new ProcessBuilder(
                        "nsenter",
                        "--net=/run/netns/" + name + "-1",
                        "perl",
                        "-e",
                        SCRIPT,
                        socket.toString(),
                        container(first),
                        container(second),
                        "/run/netns/" + name + "-2",
                        fate.name())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        await("its fate").untilAsserted(() -> assertThat(said).hasContent("ready"));
        server.read();
        return identified.orTimeout(10, TimeUnit.SECONDS);
    }

    /** A container's cgroup. */
    private String container(String podUid) throws IOException {
        return Files.createDirectories(cgroups.resolve("kubepods/pod" + podUid + "/" + "c0ffee00".repeat(8)))
                .toString();
    }

    private static Path cgroupRoot() {
        var v1 = Path.of("/sys/fs/cgroup/pids");
        return Files.isDirectory(v1) ? v1 : Path.of("/sys/fs/cgroup");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
