package dev.skete.agent;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What a pod runs in the launcher's place; Perl, because every Debian has it. The first line says that it is under way. */
enum Attack {
    CONNECTION_FLOOD(onSocket("agent", "push @open, peer(); shift @open if @open > 500;")),
    GARBAGE(onSocket("agent", "my $s = peer() or next; syswrite $s, pack('C*', map { int rand 256 } 1..512);")),
    OVERSIZE_FRAMES(
            onSocket("agent", "my $s = peer() or next; syswrite $s, 'A' . pack('x3V', 0xffffffff) . 'x' x 4096;")),
    EMPTY_WORDS(onSocket("agent", """
            my $s = talker() or next;
            syswrite $s, $_ . pack('x3V', 262136) . "\\0" x 262136 for ('A', 'E', 'F');
            """)),
    /** As long as they may be, of words that take more memory than bytes, and never finished. */
    LONG_REQUESTS(onSocket("agent", """
            my $s = talker() or next;
            syswrite $s, $_ . pack('x3V', 63 * 4096) . ("\\xc4\\x80" . 'a' x 60 . "\\0") x 4096 for ('A', 'E', 'F');
            """)),
    /** The same, finished, and with a plan that takes the most memory to read. */
    LONG_PLANS(onSocket("agent", """
            my $s = talker() or next;
            my $plan = 'SKETE_PLAN={"version":1,"x":[' . '{},' x 42000 . "0]}\\0";
            syswrite $s, 'E' . pack('x3V', length $plan) . $plan;
            syswrite $s, $_ . pack('x3V', 63 * 4096) . ("\\xc4\\x80" . 'a' x 60 . "\\0") x 4096 for ('A', 'F');
            syswrite $s, 'L' . pack('x3V', 0);
            """)),
    SLOW_LORIS(onSocket("agent", """
            push @open, grep { $_ } peer() while @open < 64;
            select(undef, undef, undef, 0.2);
            @open = grep { syswrite $_, 'A' } @open;
            """)),
    MONITOR_FLOOD(onSocket("qmp", "push @open, peer(); shift @open if @open > 500;")),
    MONITOR_GARBAGE(onSocket("qmp", "my $s = peer() or next; syswrite $s, '[' x 70000 . \"\\n\";")),
    MONITOR_THAT_NEVER_READS(onSocket("qmp", """
            my $s = talker() or next;
            while (syswrite $s, "{\\"event\\": \\"STOP\\"}\\n" x 4096) {}
            """)),
    MONITOR_OF_A_LOST_GUEST(onSocket("qmp", """
            my $s = talker() or next;
            while (syswrite $s, "{\\"return\\": {\\"status\\": \\"internal-error\\"}}\\n" x 4096) {}
            """)),
    /** Launched as a guest, it is its own VMM, and asks for an address as fast as it can. */
    DHCP_FLOOD(onSocket("agent", "") + """
            my $s = talker() or die;
            my $said = join '', map { "$_=$ENV{$_}\\0" } keys %ENV;
            syswrite $s, 'A' . pack('x3V', 0) . 'E' . pack('x3V', length $said) . $said . 'L' . pack('x3V', 0);
            my $answer = '';
            sysread $s, $answer, 65536, length $answer or die $answer until $answer =~ /X\\0{4}\\x01\\0{2}/;
            open my $tap, '+<', '/dev/net/tun' or die $!;
            my $which = pack 'a16 s x22', 'tap0', 0x1002;
            ioctl $tap, 0x400454ca, $which or die $!;
            my $mac = pack 'H12', '0a584e4e0002';
            my $ask = pack('C4 N x20 a6 x10 x192 N C4', 1, 1, 6, 0, 7, $mac, 0x63825363, 53, 1, 1, 255);
            my $ip = pack 'H24 N N', '450001100000000040110000', 0, 0xffffffff;
            my $sum = 0;
            $sum += $_ for unpack 'n*', $ip;
            $sum = ($sum & 0xffff) + ($sum >> 16) while $sum >> 16;
            substr($ip, 10, 2) = pack 'n', ~$sum & 0xffff;
            my $frame = "\\xff" x 6 . $mac . pack('n', 0x800) . $ip . pack('n4', 68, 67, 252, 0) . $ask;
            print "under way";
            syswrite $tap, $frame for 1 .. 1e9;
            """);

    private final String script;

    Attack(String script) {
        this.script = script;
    }

    private static String onSocket(String socket, String step) {
        return """
                use IO::Socket::UNIX;
                $SIG{PIPE} = 'IGNORE';
                $| = 1;
                sub peer { my $s = IO::Socket::UNIX->new(Peer => '/skete/run/%s.sock'); $s->blocking(0) if $s; $s }
                # One that waits until it is read, and is open while four more are made.
                sub talker { my $s = peer() or return; $s->blocking(1); push @open, $s; shift @open if @open > 4; $s }
                peer() or die 'nobody listens';
                """.formatted(socket) + (step.isEmpty() ? "" : "print 'under way'; for (;;) { %s }".formatted(step));
    }

    /** Starts it in a pod; returns when it is under way. */
    GuestPod.Container in(GuestPod pod, Map<String, String> environment) throws IOException {
        var attacker = pod.startInstead(environment, "perl", "-e", script);
        await(this + " to be under way")
                .atMost(Duration.ofMinutes(1))
                .failFast("it ended", () -> !attacker.process().isAlive())
                .until(() -> attacker.console().length > 0);
        return attacker;
    }
}
