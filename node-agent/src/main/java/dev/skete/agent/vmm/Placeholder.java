package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import java.net.Inet4Address;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a command line template can name. */
enum Placeholder {
    IP("net.ip", launch -> Optional.of(launch.network().address().getHostAddress())),
    PREFIX("net.prefix", launch -> Optional.of(Integer.toString(launch.network().prefixLength()))),
    MASK("net.mask", launch -> Optional.of(launch.network().mask())),
    GATEWAY("net.gateway", launch -> launch.network().gateway().map(Inet4Address::getHostAddress)),
    MAC("net.mac", launch -> Optional.of(launch.network().mac())),
    MTU("net.mtu", launch -> Optional.of(Integer.toString(launch.network().mtu()))),
    DNS("net.dns", launch -> launch.network().dns().map(Inet4Address::getHostAddress)),
    SEARCH("net.search", launch -> Optional.of(String.join(",", launch.network().searchDomains()))),
    POD_NAME("pod.name", launch -> Optional.of(launch.pod().name())),
    POD_NAMESPACE("pod.namespace", launch -> Optional.of(launch.pod().namespace()));

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

    private final String key;
    private final Function<GuestLaunch, Optional<String>> value;

    Placeholder(String key, Function<GuestLaunch, Optional<String>> value) {
        this.key = key;
        this.value = value;
    }

    /** The template with every reference replaced, once: a value that looks like a reference is left alone. */
    static String fill(String template, GuestLaunch launch) throws RefusedException {
        var filled = new StringBuilder();
        int end = 0;
        for (var reference = REFERENCE.matcher(template); reference.find(); end = reference.end()) {
            filled.append(template, end, reference.start());
            filled.append(named(reference.group(1), template).valueFor(launch));
        }
        return filled.append(template, end, template.length()).toString();
    }

    private static Placeholder named(String key, String template) throws RefusedException {
        for (var placeholder : values()) {
            if (placeholder.key.equals(key)) {
                return placeholder;
            }
        }
        var known = Arrays.stream(values()).map(p -> "${" + p.key + "}").collect(Collectors.joining(" "));
        throw new RefusedException(
                RefusalReason.BadPlan,
                "command line word \"%s\" names ${%s}; known are %s, and ${args}, ${env} and ${mounts} alone in their word"
                        .formatted(template, key, known));
    }

    private String valueFor(GuestLaunch launch) throws RefusedException {
        return value.apply(launch)
                .orElseThrow(() -> new RefusedException(
                        RefusalReason.BadPlan,
                        "the runtime's command line wants ${%s}, and this pod's network has none".formatted(key)));
    }
}
