package dev.skete.operator.unikernel;

import dev.skete.api.ConditionType;
import dev.skete.api.GuestState;
import dev.skete.api.GuestStatus;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelStatus;
import dev.skete.operator.OperatorConfig;
import dev.skete.operator.runtime.Runtimes;
import dev.skete.operator.unikernel.accelerator.AcceleratorChoice;
import dev.skete.operator.unikernel.compile.GuestSeccomp;
import dev.skete.operator.unikernel.status.Facts;
import dev.skete.operator.unikernel.status.NextLook;
import dev.skete.operator.unikernel.status.Statuses;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a Unikernel's children as its spec and its runtime ask, and its status as things are. Holds no state that matters: killed at any
 * point and started again, it gets to the same end.
 */
@ControllerConfiguration(
        name = "unikernel",
        fieldManager = ChildApplier.FIELD_MANAGER,
        // Every look replaces the framework's timer for the last one, which stays in memory until it is due: ten hours
        // by default.
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.MINUTES))
// Twenty guests that start together are a hundred events; looking three times a second tells as much.
@RateLimited(maxReconciliations = 3, within = 1)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 500, intervalMultiplier = 2, maxInterval = 60_000)
public class UnikernelReconciler implements Reconciler<Unikernel> {
    private static final Logger LOG = LoggerFactory.getLogger(UnikernelReconciler.class);

    /** No watched object tells that an agent keeps silent, that volumes cannot be mounted, or that a quota has room again. */
    private static final Duration NEXT_LOOK_AT_STARTING = Duration.ofSeconds(6);

    /** The status that is written wakes nobody, and its Job waits for its time to live. */
    private static final Duration NEXT_LOOK_AT_ENDED = Duration.ofSeconds(1);

    private static final Duration NEXT_LOOK_AT_REFUSED = Duration.ofMinutes(1);

    private final AppliedMemory memory = new AppliedMemory();
    private final Executor executor;
    private final EventPublisher events;
    private final MountFailures mounts;
    private final Clock clock;
    private final GuestSeccomp seccomp;
    private @Nullable NodeWatch nodes;

    @Inject
    UnikernelReconciler(KubernetesClient client, Clock clock, OperatorConfig config) {
        this.executor = new Executor(new ChildApplier(client, memory));
        this.events = new EventPublisher(client, clock, config.instance());
        this.mounts = new MountFailures(client, clock);
        this.clock = clock;
        this.seccomp = config.guestSeccompProfile();
    }

    @Override
    public List<EventSource<?, Unikernel>> prepareEventSources(EventSourceContext<Unikernel> context) {
        nodes = new NodeWatch(context);
        var watches = new Watches(context, memory);
        return List.of(
                Runtimes.eventSource(context),
                nodes.eventSource(),
                watches.labelled(Pod.class),
                watches.labelled(Job.class),
                watches.children(Deployment.class),
                watches.children(CronJob.class),
                watches.children(Service.class),
                watches.children(PodDisruptionBudget.class));
    }

    @Override
    public UpdateControl<Unikernel> reconcile(Unikernel unikernel, Context<Unikernel> context) {
        var seen = Observer.observe(
                unikernel,
                context,
                Objects.requireNonNull(nodes, "event sources are prepared before the first reconciliation"),
                mounts,
                seccomp);
        var plan = Planner.plan(seen);
        var outcome = executor.carryOut(plan, seen);
        var facts = facts(seen, plan, outcome);
        var status = status(plan, facts);
        tell(unikernel, status, outcome);
        var control = status.equals(unikernel.getStatus())
                ? UpdateControl.<Unikernel>noUpdate()
                : UpdateControl.patchStatus(statusOnly(unikernel, status));
        return nextLook(facts, status).map(control::rescheduleAfter).orElse(control);
    }

    private Facts facts(Snapshot seen, Plan plan, Outcome outcome) {
        Optional<AcceleratorChoice> choice =
                plan instanceof Plan.Apply apply ? Optional.of(apply.choice()) : Optional.empty();
        return new Facts(
                seen.unikernel(),
                outcome.obstacle(),
                outcome.children(),
                seen.pods(),
                seen.offers(),
                seen.nodes(),
                choice,
                clock.instant());
    }

    private static UnikernelStatus status(Plan plan, Facts facts) {
        var last = facts.unikernel().getStatus();
        return plan instanceof Plan.RestInPeace && last != null
                ? Statuses.confirmed(facts.unikernel(), last, facts.now())
                : Statuses.of(facts);
    }

    private void tell(Unikernel unikernel, UnikernelStatus status, Outcome outcome) {
        Notice.of(unikernel.getStatus(), status, outcome.changes()).forEach(n -> events.publish(unikernel, n));
        if (Notice.turned(unikernel.getStatus(), status, ConditionType.Ready)) {
            Statuses.condition(status, ConditionType.Ready)
                    .ifPresent(c -> LOG.info("{}: {}", c.getReason(), c.getMessage()));
        }
    }

    private static Optional<Duration> nextLook(Facts facts, UnikernelStatus status) {
        var refused = facts.obstacle().map(_ -> NEXT_LOOK_AT_REFUSED);
        var starting = starting(status) ? Optional.of(NEXT_LOOK_AT_STARTING) : Optional.<Duration>empty();
        var ended = Statuses.over(status) && !Statuses.over(facts.unikernel().getStatus())
                ? Optional.of(NEXT_LOOK_AT_ENDED)
                : Optional.<Duration>empty();
        return Stream.of(refused, starting, ended, NextLook.after(facts))
                .flatMap(Optional::stream)
                .min(Duration::compareTo);
    }

    /** Server-side apply owns what it sends, so it sends the status and nothing else. */
    private static Unikernel statusOnly(Unikernel unikernel, UnikernelStatus status) {
        var patch = new Unikernel();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(unikernel.getMetadata().getName())
                .withNamespace(unikernel.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return patch;
    }

    private static boolean starting(UnikernelStatus status) {
        return Objects.requireNonNullElse(status.guests(), List.<GuestStatus>of()).stream()
                .anyMatch(
                        g -> g.state() == GuestState.Starting || (g.state() == GuestState.Pending && g.node() != null));
    }
}
