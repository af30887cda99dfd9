package dev.skete.agent.peer;

/**
 * The pod container a process belongs to, as the kubelet named its cgroup.
 *
 * @param podUid the pod's {@code metadata.uid}
 * @param containerId the container's id, 64 hexadecimal digits
 */
public record PodIdentity(String podUid, String containerId) {}
