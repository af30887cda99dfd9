package dev.skete.agent.net;

import java.net.Inet4Address;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parts of a pod's resolv.conf(5) that a guest can use. */
public record Resolver(List<Inet4Address> nameServers, List<String> searchDomains) {
    /** What a DNS name may consist of; anything else in the file is not passed on. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([-A-Za-z0-9_.]{0,252}[A-Za-z0-9_])?");

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** Reads a resolv.conf; lines and words that make no sense are passed over, as the C library does. */
    public static Resolver parse(String resolvConf) {
        return new Resolver(
                words(resolvConf, "nameserver")
                        .map(Resolver::address)
                        .flatMap(Optional::stream)
                        .toList(),
                words(resolvConf, "search")
                        .filter(word -> NAME.matcher(word).matches())
                        .toList());
    }

    private static Stream<String> words(String resolvConf, String keyword) {
        return resolvConf
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words[0].equals(keyword))
                .flatMap(words -> Arrays.stream(words).skip(1));
    }

    /** Only what the pattern lets through, so that no name is looked up: a tenant wrote the file. */
    private static Optional<Inet4Address> address(String word) {
        try {
            return IPV4.matcher(word).matches() ? Optional.of(Inet4Address.ofLiteral(word)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
