package dev.skete.operator.unikernel;

import dev.skete.operator.unikernel.compile.GuestContainer;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out why pods wait for their volumes. The kubelet says every other reason in the pod's status, and this one in an event only. A
 * watch on events would be a stream of everybody's; asking for one stuck pod's costs nothing while no pod is stuck.
 */
final class MountFailures {
    private static final Set<String> REASONS = Set.of("FailedMount", "FailedMapVolume", "FailedAttachVolume");
    /** Volumes that can be mounted are mounted by then, and a failure that passes by itself is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Guests of one Unikernel wait for the same volumes. */
    private static final int PODS_ASKED_FOR = 2;

    private final KubernetesClient client;
    private final Clock clock;

    MountFailures(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** The pods, and in the status of some that are stuck the kubelet's own words, as if it had put them there. */
    List<Pod> toldIn(List<Pod> pods) {
        var asked = pods.stream()
                .filter(this::waitsForVolumes)
                .limit(PODS_ASKED_FOR)
                .map(p -> p.getMetadata().getUid())
                .toList();
        return asked.isEmpty()
                ? pods
                : pods.stream()
                        .map(p -> asked.contains(p.getMetadata().getUid())
                                ? failure(p).map(f -> told(p, f)).orElse(p)
                                : p)
                        .toList();
    }

    /** Volumes come before the pod's sandbox, so a pod that has one has its volumes. */
    private boolean waitsForVolumes(Pod pod) {
        return !pod.getSpec().getVolumes().isEmpty()
                && guest(pod).filter(MountFailures::isBeingCreated).isPresent()
                && pod.getStatus().getConditions().stream()
                        .anyMatch(c -> "PodReadyToStartContainers".equals(c.getType())
                                && "False".equals(c.getStatus())
                                && Instant.parse(c.getLastTransitionTime())
                                        .plus(PATIENCE)
                                        .isBefore(clock.instant()));
    }

    private static Optional<ContainerStatus> guest(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(c -> c.getName().equals(GuestContainer.NAME))
                .findFirst();
    }

    private static boolean isBeingCreated(ContainerStatus container) {
        var waiting = container.getState() == null ? null : container.getState().getWaiting();
        return waiting != null && "ContainerCreating".equals(waiting.getReason());
    }

    private Optional<String> failure(Pod pod) {
        return client
                .v1()
                .events()
                .inNamespace(pod.getMetadata().getNamespace())
                .withField("involvedObject.uid", pod.getMetadata().getUid())
                .list()
                .getItems()
                .stream()
                .filter(e -> REASONS.contains(e.getReason()))
                .max(Comparator.comparing(MountFailures::time))
                .map(Event::getMessage);
    }

    private static String time(Event event) {
        return Objects.requireNonNullElse(event.getLastTimestamp(), "");
    }

    private static Pod told(Pod pod, String failure) {
        return new PodBuilder(pod)
                .editStatus()
                .editMatchingContainerStatus(c -> c.getName().equals(GuestContainer.NAME))
                .editState()
                .editWaiting()
                .withMessage(failure)
                .endWaiting()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
