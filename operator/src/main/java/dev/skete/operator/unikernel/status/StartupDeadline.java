package dev.skete.operator.unikernel.status;

import dev.skete.api.ConditionReason;
import dev.skete.api.GuestReason;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells a guest that runs and never became ready from one that is starting. Nothing is done to it: its probes decide. */
record StartupDeadline(GuestView guest, Duration limit) {

    /** When the guest is late, if it is not ready by then; empty if it was ready since its start, or nobody asks whether it is. */
    Optional<Instant> at() {
        return guest.state()
                .map(ContainerState::getRunning)
                .map(ContainerStateRunning::getStartedAt)
                .map(Instant::parse)
                .filter(started -> guest.agentSays(GuestReason.Running) && probe().isPresent() && !wasReady(started))
                .map(started -> started.plus(limit));
    }

    Optional<Verdict> verdict(Instant now) {
        return at().filter(late -> !now.isBefore(late)).flatMap(late -> probe()).map(this::late);
    }

    /** The kubelet's condition turned false when the container before this one ended, or when this one was no longer ready. */
    private boolean wasReady(Instant started) {
        return guest.ready()
                || guest.condition("ContainersReady")
                        .filter(c -> c.getLastTransitionTime() != null)
                        .filter(c -> Instant.parse(c.getLastTransitionTime()).isAfter(started))
                        .isPresent();
    }

    private Verdict late(Probe probe) {
        return new Verdict(
                ConditionReason.StartupDeadlineExceeded,
                "Guest %s was not ready %d s after its start: %s. See kubectl logs %s; if the guest only needs longer, raise spec.startupDeadlineSeconds."
                        .formatted(guest.name(), limit.toSeconds(), unanswered(probe), guest.name()));
    }

    /** The startup probe comes first; the readiness probe is asked when that has passed. */
    private Optional<Probe> probe() {
        boolean started = guest.container().map(ContainerStatus::getStarted).orElse(false);
        return container()
                .flatMap(c -> Optional.ofNullable(started ? null : c.getStartupProbe())
                        .or(() -> Optional.ofNullable(c.getReadinessProbe())));
    }

    private String unanswered(Probe probe) {
        if (probe.getHttpGet() != null) {
            var get = probe.getHttpGet();
            return "HTTP GET %s on %s is not answered as its probe wants; check that the guest listens there"
                    .formatted(get.getPath(), port(get.getPort()));
        }
        if (probe.getTcpSocket() != null) {
            return "nothing accepts connections on %s; check that the guest listens there"
                    .formatted(port(probe.getTcpSocket().getPort()));
        }
        return "its probe does not succeed";
    }

    private String port(IntOrString port) {
        var name = port.getStrVal();
        if (name == null) {
            return "port " + port.getIntVal();
        }
        return container().stream()
                .flatMap(c -> c.getPorts().stream())
                .filter(p -> name.equals(p.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .map(number -> "port %s (%d)".formatted(name, number))
                .orElse("port " + name);
    }

    private Optional<Container> container() {
        return guest.pod().getSpec().getContainers().stream().findFirst();
    }
}
