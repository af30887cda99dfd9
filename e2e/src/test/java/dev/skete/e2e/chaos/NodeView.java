package dev.skete.e2e.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What runs and what is left on a node, read from its /proc, mounts and control groups. A pod is known by its UID.
 *
 * @param processes those in the control groups of pods
 * @param groups pods that have a control group
 * @param mounts pods that have something mounted
 * @param networks network namespaces that a process, a thread or a mount holds, the node's own not among them
 * @param taps tap devices outside of pods
 * @param sockets that Skete's own processes hold, by pod: a socket in a pod's network namespace keeps that alive
 */
record NodeView(
        List<PodProcess> processes,
        Set<String> groups,
        Set<String> mounts,
        int networks,
        int taps,
        Map<String, Integer> sockets) {

    enum Role {
        VMM,
        LAUNCHER,
        /** The node agent or the operator. */
        SKETE,
        OTHER
    }

    /** @param pid on the node */
    record PodProcess(int pid, String pod, Role role, boolean stopped) {}

    /** Prints what {@link #parse} reads; a process that ends meanwhile is passed over. */
    static final String LOOK = """
            cd /proc
            grep -saoEm1 'pod[0-9a-f]{8}[-_][0-9a-f_-]{27}' [0-9]*/cgroup | sed 's/^/process /'
            grep -salE -e '-nodefaults' [0-9]*/cmdline | sed 's/^/vmm /'
            grep -salE '^/skete/bin/launch' [0-9]*/cmdline | sed 's/^/launcher /'
            for file in $(grep -salE '^/opt/java/bin/java' [0-9]*/cmdline); do
              echo "skete $file"
              echo "sockets $file $(readlink ${file%/*}/fd/* 2>/dev/null | grep -c '^socket:')"
            done
            grep -sE '^State:.T' [0-9]*/status | sed 's/^/stopped /'
            for root in /sys/fs/cgroup /sys/fs/cgroup/pids; do
              find $root/${SKETE_CLUSTER:-skete}-$NODE -maxdepth 3 -type d -name 'pod*' 2>/dev/null | sed 's/^/group /'
            done
            grep -oE 'pods/[0-9a-f]{8}-[0-9a-f-]{27}' self/mountinfo | sort -u | sed 's/^/mount /'
            { readlink [0-9]*/task/*/ns/net; readlink [0-9]*/fd/* | grep '^net:'; stat -c 'net:[%i]' /run/netns/* 2>/dev/null; } 2>/dev/null \
              | sort -u | grep -vxF "$(readlink self/ns/net)" | sed 's/^/network /'
            ip -o link 2>/dev/null | grep -E '^[0-9]+: tap' | sed 's/^/tap /'
            true
            """;

    private static final Pattern POD = Pattern.compile("([0-9a-f]{8}[-_][0-9a-f_-]{27})");
    private static final Pattern PID = Pattern.compile("^(\\d+)/");

    static NodeView parse(String output) {
        Map<Integer, String> pods = new HashMap<>();
        Map<Integer, Role> roles = new HashMap<>();
        Set<Integer> stopped = new TreeSet<>();
        Set<String> groups = new TreeSet<>();
        Set<String> mounts = new TreeSet<>();
        Map<Integer, Integer> sockets = new HashMap<>();
        int networks = 0;
        int taps = 0;
        for (String line : output.lines().toList()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "process" -> pods.put(pid(words[1]), pod(words[1]));
                case "vmm" -> roles.put(pid(words[1]), Role.VMM);
                case "launcher" -> roles.put(pid(words[1]), Role.LAUNCHER);
                case "skete" -> roles.put(pid(words[1]), Role.SKETE);
                case "sockets" -> sockets.put(pid(words[1]), Integer.parseInt(words[1].replaceFirst(".* ", "")));
                case "stopped" -> stopped.add(pid(words[1]));
                case "group" -> groups.add(pod(words[1]));
                case "mount" -> mounts.add(pod(words[1]));
                case "network" -> networks++;
                case "tap" -> taps++;
                default -> throw new IllegalArgumentException("a node's look has this line: " + line);
            }
        }
        var processes = new ArrayList<PodProcess>();
        pods.forEach((pid, pod) ->
                processes.add(new PodProcess(pid, pod, roles.getOrDefault(pid, Role.OTHER), stopped.contains(pid))));
        return new NodeView(
                List.copyOf(processes),
                groups,
                mounts,
                networks,
                taps,
                sockets.entrySet().stream()
                        .filter(entry -> pods.containsKey(entry.getKey()))
                        .collect(Collectors.toMap(entry -> pods.get(entry.getKey()), Map.Entry::getValue)));
    }

    List<PodProcess> of(String pod, Role role) {
        return processes.stream()
                .filter(process -> process.pod().equals(pod) && process.role() == role)
                .toList();
    }

    private static int pid(String text) {
        return Integer.parseInt(found(PID.matcher(text)));
    }

    /** With systemd as driver a group's name has underscores. */
    private static String pod(String text) {
        return found(POD.matcher(text)).replace('_', '-');
    }

    private static String found(Matcher matcher) {
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + matcher.pattern());
        }
        return matcher.group(1);
    }
}
