package dev.skete.operator.unikernel.status;

import dev.skete.api.Accelerator;
import dev.skete.api.ConditionReason;
import dev.skete.api.GuestReason;
import dev.skete.operator.unikernel.accelerator.NodeOffers;
import dev.skete.operator.unikernel.compile.NodeRefusal;
import dev.skete.operator.unikernel.compile.Wanted;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong with one guest, if anything is: the first check that finds something wins. */
record Diagnosis(GuestView guest, NodeOffers offers, StartupDeadline startupDeadline, Instant now) {
    /** An agent that is there answers within milliseconds. */
    static final Duration AGENT_PATIENCE = Duration.ofSeconds(5);

    /** What a busy kubelet says that has not heard of an object yet, and asks again (pkg/kubelet/util/manager): nobody knows if it is missing. */
    private static final Pattern NOT_READ_YET = Pattern.compile("failed to sync (configmap|secret) cache: ");

    private static final String STILL_WAITED_FOR =
            ". Kubernetes starts another one when the time of its toleration is over: 5 minutes, unless spec.pod.tolerations says"
                    + " otherwise.";
    private static final String GIVEN_UP =
            ", and it was given up. Another one starts when it is sure that this one has ended: the node comes back and says so, or"
                    + " kubectl delete node %s says that it never will.";

    static Diagnosis of(GuestView guest, Facts facts) {
        var wanted = new Wanted(facts.unikernel().getSpec());
        return new Diagnosis(guest, facts.offers(), new StartupDeadline(guest, wanted.startupDeadline()), facts.now());
    }

    Optional<Verdict> verdict() {
        return Stream.<Function<Diagnosis, Optional<Verdict>>>of(
                        Diagnosis::nodeIsNotReady,
                        Diagnosis::cannotBeScheduled,
                        Diagnosis::cannotStart,
                        Diagnosis::nodeGaveUp,
                        Diagnosis::agentSaysSo,
                        d -> new Ending(d.guest).verdict(),
                        Diagnosis::waitsForAgent,
                        d -> d.startupDeadline.verdict(d.now))
                .flatMap(check -> check.apply(this).stream())
                .findFirst();
    }

    private Optional<Verdict> nodeIsNotReady() {
        return guest.over()
                ? Optional.empty()
                : guest.node().filter(node -> !node.ready()).map(this::onNodeThatIsNotReady);
    }

    private Verdict onNodeThatIsNotReady(NodeView node) {
        var name = guest.pod().getSpec().getNodeName();
        return about(
                ConditionReason.NodeNotReady,
                (node.silent()
                                ? "may run or not: its node " + name + " has not been heard of since " + node.since()
                                : "is on node " + name + ", which is not ready since " + node.since() + ": "
                                        + node.says())
                        + (guest.leaving() ? givenUp(name) : STILL_WAITED_FOR)
                        + " See kubectl describe node "
                        + name
                        + ".");
    }

    /** Only a Job whose failures have a policy waits until a guest has surely ended, and only guests that never restart may have one. */
    private String givenUp(String node) {
        return "Never".equals(guest.pod().getSpec().getRestartPolicy())
                ? GIVEN_UP.formatted(node)
                : ", and it was given up. Another one takes its place.";
    }

    private Optional<Verdict> cannotBeScheduled() {
        return guest.condition("PodScheduled")
                .filter(c -> "False".equals(c.getStatus()) && "Unschedulable".equals(c.getReason()))
                .map(this::unschedulable);
    }

    private Verdict unschedulable(PodCondition condition) {
        return Arrays.stream(Accelerator.values())
                .filter(a -> asksFor(a) && !offers.offers(a))
                .findFirst()
                .map(this::noAccelerator)
                .orElseGet(() -> about(ConditionReason.Unschedulable, whyNowhere(text(condition.getMessage()))));
    }

    /** A node whose agent is down offers no places, which the scheduler cannot tell from a node that is full. */
    private String whyNowhere(String scheduler) {
        return Arrays.stream(Accelerator.values())
                        .filter(a -> scheduler.contains("Insufficient " + a.resource()))
                        .findFirst()
                        .map(
                                a -> "waits for a free " + a.resource()
                                        + ": every node is full, or its node agent is down (kubectl -n skete-system get pods). ")
                        .orElse("cannot be placed on any node. ")
                + "The scheduler says: "
                + scheduler;
    }

    private Verdict noAccelerator(Accelerator accelerator) {
        var remedy = accelerator == Accelerator.KVM
                ? "Add a node with hardware virtualization, or, with a runtime whose vmm is qemu, set spec.accelerator to Auto or"
                        + " Emulation."
                : "Check that the skete node agent runs (kubectl -n skete-system get pods).";
        return about(
                ConditionReason.NoNodeWithAccelerator,
                "waits, because no node offers " + accelerator.resource() + ". " + remedy);
    }

    private boolean asksFor(Accelerator accelerator) {
        return guest.pod().getSpec().getContainers().stream()
                .anyMatch(c -> c.getResources() != null
                        && c.getResources().getLimits() != null
                        && c.getResources().getLimits().containsKey(accelerator.resource()));
    }

    private Optional<Verdict> cannotStart() {
        return guest.state()
                .map(ContainerState::getWaiting)
                .filter(w -> !NOT_READ_YET.matcher(text(w.getMessage())).find())
                .flatMap(this::waiting);
    }

    private Optional<Verdict> waiting(ContainerStateWaiting waiting) {
        var message = text(waiting.getMessage());
        return Optional.ofNullable(
                switch (text(waiting.getReason())) {
                    case "InvalidImageName" ->
                        about(
                                ConditionReason.InvalidImage,
                                "has an image name that is none: " + image() + ". Correct spec.image.");
                    case "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull" ->
                        about(
                                ConditionReason.ImagePullFailed,
                                "cannot get its image " + image()
                                        + ". Check spec.image, and spec.pod.imagePullSecrets if the"
                                        + " registry is private. The node says: " + message);
                    case "CreateContainerConfigError" ->
                        about(
                                ConditionReason.ConfigurationMissing,
                                "lacks what spec.env or spec.envFrom refers to: " + message
                                        + ". Create it, or correct the reference.");
                    // The kubelet itself gives no message here; it is what the observer found out.
                    case "ContainerCreating" ->
                        message.isEmpty()
                                ? null
                                : about(
                                        ConditionReason.VolumeUnavailable,
                                        "waits for its volumes: " + message
                                                + ". Create what spec.volumes refers to, or correct the reference.");
                    case "CreateContainerError", "RunContainerError", "StartError" ->
                        about(ConditionReason.ContainerNotStarted, "cannot be started by its node: " + message);
                    default -> null;
                });
    }

    private Optional<Verdict> agentSaysSo() {
        return guest.agentSays()
                .filter(c -> guest.running())
                .flatMap(c -> ofAgent(text(c.getReason()), text(c.getMessage())));
    }

    private Optional<Verdict> ofAgent(String reason, String message) {
        if (reason.equals(GuestReason.Refused.name())) {
            return Optional.of(about(ConditionReason.LaunchRefused, "was refused by the node agent: " + message));
        }
        if (reason.equals(GuestReason.GuestPanicked.name())) {
            return Optional.of(about(ConditionReason.GuestPanicked, "panicked: " + message));
        }
        if (reason.equals(GuestReason.BootFailed.name())) {
            return Optional.of(about(ConditionReason.BootFailed, "failed to boot: " + message));
        }
        if (reason.equals(GuestReason.InternalError.name())) {
            return Optional.of(about(
                    ConditionReason.VmmInternalError,
                    "is ended because of an internal error of its virtual machine: " + message));
        }
        return Optional.empty();
    }

    private Optional<Verdict> waitsForAgent() {
        return guest.state()
                .map(ContainerState::getRunning)
                .map(ContainerStateRunning::getStartedAt)
                .filter(started -> !guest.ready() && guest.agentSays().isEmpty())
                .filter(started -> Instant.parse(started).plus(AGENT_PATIENCE).isBefore(now))
                .map(started -> about(
                        ConditionReason.AgentUnavailable,
                        "waits for the node agent of " + guest.pod().getSpec().getNodeName()
                                + ". Check that it runs (kubectl -n skete-system get pods -o wide)."));
    }

    private Optional<Verdict> nodeGaveUp() {
        if (!guest.failed() || guest.pod().getStatus().getReason() == null) {
            return Optional.empty();
        }
        var status = guest.pod().getStatus();
        return Optional.of(about(
                ConditionReason.PodFailed,
                NodeRefusal.is(guest.pod())
                        ? "was not taken by node " + guest.pod().getSpec().getNodeName()
                                + ", whose node agent had just started anew, or the node itself (" + status.getReason()
                                + "). Another one takes its place."
                        : "was ended by its node (" + status.getReason() + "): " + text(status.getMessage())));
    }

    private String image() {
        return guest.pod().getSpec().getContainers().stream()
                .findFirst()
                .map(c -> c.getImage())
                .orElse("");
    }

    private Verdict about(ConditionReason reason, String what) {
        return new Verdict(reason, "Guest " + guest.name() + " " + what);
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "").strip();
    }
}
