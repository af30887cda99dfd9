package dev.skete.agent.peer;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a pod's identity out of {@code /proc/<pid>/cgroup}: cgroup v1 and v2, the kubelet's cgroupfs and systemd drivers, any cgroup root.
 * <p>
 * The outermost pod of a path is the one that counts: a workload can make cgroups below its own and name them as it likes, but not above.
 * A reader in a cgroup namespace of its own sees paths that start with {@code /../..} and may lack the {@code kubepods} part, so that part
 * is not asked for.
 */
final class PodCgroup {
    // Static pods have a UID of 32 digits without dashes; the systemd driver writes underscores, because a dash nests
    // slices.
    private static final String UID =
            "([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})";
    private static final Pattern POD =
            Pattern.compile("(?:pod" + UID + "|kubepods(?:-burstable|-besteffort)?-pod" + UID + "\\.slice)");
    private static final Pattern CONTAINER = Pattern.compile("(?:[a-z]+(?:-[a-z]+)*-)?([0-9a-f]{64})(?:\\.scope)?");

    private PodCgroup() {}

    /** The pod container of a process, if all its hierarchies that name one name the same. */
    static Optional<PodIdentity> identity(List<String> lines) {
        var found = new HashSet<PodIdentity>();
        for (var line : lines) {
            identityOfLine(line).ifPresent(found::add);
        }
        return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }

    private static Optional<PodIdentity> identityOfLine(String line) {
        // hierarchy:controllers:path
        var fields = line.split(":", 3);
        return fields.length == 3 ? identityOfPath(fields[2]) : Optional.empty();
    }

    private static Optional<PodIdentity> identityOfPath(String path) {
        // containerd writes slice:cri-containerd:id when its cgroup driver is not the kubelet's.
        var parts = path.split("[/:]");
        for (int i = 0; i < parts.length; i++) {
            var pod = POD.matcher(parts[i]);
            if (pod.matches()) {
                var uid = (pod.group(1) == null ? pod.group(2) : pod.group(1)).replace('_', '-');
                return container(parts, i + 1).map(id -> new PodIdentity(uid, id));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> container(String[] parts, int from) {
        for (int i = from; i < parts.length; i++) {
            var container = CONTAINER.matcher(parts[i]);
            if (container.matches()) {
                return Optional.of(container.group(1));
            }
        }
        return Optional.empty();
    }
}
