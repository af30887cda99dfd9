package dev.skete.operator.unikernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.Accelerator;
import dev.skete.api.ConditionReason;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntimeSpec;
import dev.skete.api.UnikernelStatus;
import dev.skete.operator.runtime.RuntimeLookup;
import dev.skete.operator.unikernel.accelerator.NodeOffers;
import dev.skete.operator.unikernel.compile.Compiler;
import dev.skete.operator.unikernel.compile.GuestSeccomp;
import dev.skete.operator.unikernel.compile.Marks;
import dev.skete.operator.unikernel.status.LiveChildren;
import dev.skete.operator.unikernel.status.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final RuntimeLookup.Found ELF =
            new RuntimeLookup.Found(Given.runtime("elf").getSpec());
    private static final NodeOffers BOTH = new NodeOffers(true, true);
    private static final NodeOffers EMULATION = new NodeOffers(false, true);

    @Test
    void aMissingRuntimeHoldsEverything() {
        var seen = seen(hello(), new RuntimeLookup.Missing("elf"), LiveChildren.NONE, List.of(), BOTH);

        assertThat(Planner.plan(seen)).isInstanceOfSatisfying(Plan.Hold.class, h -> {
            assertThat(h.obstacle().reason()).isEqualTo(ConditionReason.RuntimeNotFound);
            assertThat(h.obstacle().message()).contains("no UnikernelRuntime elf", "kubectl get unikernelruntimes");
        });
    }

    @Test
    void anUnknownVmmHoldsEverything() {
        var seen =
                seen(hello(), new RuntimeLookup.UnknownVmm("new", "firecracker"), LiveChildren.NONE, List.of(), BOTH);

        assertThat(Planner.plan(seen))
                .isInstanceOfSatisfying(
                        Plan.Hold.class,
                        h -> assertThat(h.obstacle())
                                .extracting(Verdict::reason)
                                .isEqualTo(ConditionReason.UnknownVmm));
    }

    @Test
    void whatTheRuntimesGuestsCannotDoHoldsEverything() {
        var asks = hello("volumes: [{name: a, configMap: {name: a}}], volumeMounts: [{name: a, mountPath: /a}]");

        assertThat(Planner.plan(seen(asks, ELF, LiveChildren.NONE, List.of(), BOTH)))
                .isInstanceOfSatisfying(Plan.Hold.class, h -> {
                    assertThat(h.obstacle().reason()).isEqualTo(ConditionReason.RuntimeInvalid);
                    assertThat(h.obstacle().message()).contains("UnikernelRuntime elf", "files is None");
                });
    }

    @Test
    void aSecretThatWouldBeOnTheCommandLineHoldsEverything() {
        var asks = hello("env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: s, key: k}}}]");

        assertThat(Planner.plan(seen(asks, ELF, LiveChildren.NONE, List.of(), BOTH)))
                .isInstanceOfSatisfying(
                        Plan.Hold.class,
                        h -> assertThat(h.obstacle().reason()).isEqualTo(ConditionReason.SecretOnCommandLine));
    }

    @Test
    void aNewUnikernelGetsAllItsChildren() {
        assertThat(apply(seen(hello(), ELF, LiveChildren.NONE, List.of(), BOTH)).wanted())
                .extracting(HasMetadata::getKind)
                .containsExactly("Service", "Deployment", "PodDisruptionBudget");
    }

    @Test
    void childrenNoLongerWantedAreRemoved() {
        var unikernel = hello("replicas: 1");
        var live = live(hello(), Accelerator.KVM);

        assertThat(apply(seen(unikernel, ELF, live, List.of(), BOTH)).unwanted())
                .extracting(HasMetadata::getKind)
                .containsExactlyInAnyOrder("Service", "PodDisruptionBudget");
    }

    @Test
    void runningGuestsKeepTheirAccelerator() {
        var seen = seen(hello(), ELF, live(hello(), Accelerator.Emulation), List.of(placed()), BOTH);

        assertThat(apply(seen).choice().accelerator()).isEqualTo(Accelerator.Emulation);
    }

    @Test
    void guestsThatRunNowhereYetMayStillChange() {
        var seen = seen(hello(), ELF, live(hello(), Accelerator.Emulation), List.of(), BOTH);

        assertThat(apply(seen).choice().accelerator()).isEqualTo(Accelerator.KVM);
    }

    @Test
    void guestsThatRestartAnywayMayChange() {
        var changed = hello("ports: [{name: http, port: 80}]");
        var seen = seen(changed, ELF, live(hello(), Accelerator.Emulation), List.of(placed()), BOTH);

        assertThat(apply(seen).choice().accelerator()).isEqualTo(Accelerator.KVM);
    }

    @Test
    void scalingIsNoReasonToChange() {
        var scaled = hello("replicas: 5, " + PORTS + ", " + REST);
        var seen = seen(scaled, ELF, live(hello(), Accelerator.Emulation), List.of(placed()), BOTH);

        assertThat(apply(seen).choice().accelerator()).isEqualTo(Accelerator.Emulation);
    }

    @Test
    void guestsLeaveAnAcceleratorThatNoNodeOffersAnyMore() {
        var seen = seen(hello(), ELF, live(hello(), Accelerator.KVM), List.of(placed()), EMULATION);

        assertThat(apply(seen).choice().accelerator()).isEqualTo(Accelerator.Emulation);
    }

    @Test
    void aChangedRuntimeLeavesAJobItsTemplateAndDoesNotKeepItFromBeingSuspended() {
        var live = live(hello("restartPolicy: Never"), Accelerator.KVM);
        var job = hello("restartPolicy: Never, job: {suspend: true}");
        var changed = Given.runtime("elf");
        var slower = new RuntimeLookup.Found(Serialization.unmarshal(
                Serialization.asYaml(changed.getSpec()).replace("/guest", "/other"), UnikernelRuntimeSpec.class));

        var wanted = onlyJob(apply(seen(job, slower, live, List.of(placed()), BOTH)));
        var before = live.job().orElseThrow();
        assertThat(wanted.getSpec().getTemplate()).isEqualTo(before.getSpec().getTemplate());
        assertThat(wanted.getMetadata()).isEqualTo(before.getMetadata());
        assertThat(wanted.getSpec().getSuspend()).isTrue();
    }

    @Test
    void whatAnEarlierOperatorCompiledOtherwiseStaysUntilSomebodyAsks() {
        var live = compiledOtherwise(live(hello(), Accelerator.KVM));
        var before = live.deployment().orElseThrow();
        var scaled = hello("replicas: 5, " + PORTS + ", " + REST);

        var wanted = onlyDeployment(apply(seen(scaled, ELF, live, List.of(placed()), BOTH)));

        assertThat(wanted.getSpec().getTemplate()).isEqualTo(before.getSpec().getTemplate());
        assertThat(wanted.getMetadata()).isEqualTo(before.getMetadata());
        assertThat(wanted.getSpec().getReplicas()).isEqualTo(5);
    }

    @Test
    void whatAnEarlierOperatorCompiledOtherwiseKeepsItsAccelerator() {
        var live = compiledOtherwise(live(hello(), Accelerator.Emulation));

        assertThat(apply(seen(hello(), ELF, live, List.of(placed()), BOTH))
                        .choice()
                        .accelerator())
                .isEqualTo(Accelerator.Emulation);
    }

    @Test
    void whoAsksForAnythingElseGetsWhatThisOperatorCompiles() {
        var live = compiledOtherwise(live(hello(), Accelerator.KVM));
        var asked = hello("replicas: 2, " + PORTS + ", args: [\"b\"]");
        var unasked = live.deployment().orElseThrow();
        var restarted = LiveChildren.NONE.with(new DeploymentBuilder(unasked)
                .editMetadata()
                .removeFromAnnotations(Marks.ASKED)
                .endMetadata()
                .build());

        assertThat(onlyDeployment(apply(seen(asked, ELF, live, List.of(placed()), BOTH))))
                .isEqualTo(live(asked, Accelerator.KVM).deployment().orElseThrow());
        assertThat(onlyDeployment(apply(seen(hello(), ELF, restarted, List.of(placed()), BOTH))))
                .isEqualTo(live(hello(), Accelerator.KVM).deployment().orElseThrow());
    }

    @Test
    void aJobKeepsTheFailurePolicyItWasCreatedWith() {
        var job = hello("restartPolicy: Never");
        var without = new JobBuilder(live(job, Accelerator.KVM).job().orElseThrow())
                .editSpec()
                .withPodFailurePolicy(null)
                .endSpec()
                .build();

        var wanted = onlyJob(apply(seen(job, ELF, LiveChildren.NONE.with(without), List.of(placed()), BOTH)));

        assertThat(wanted.getSpec().getPodFailurePolicy()).isNull();
    }

    @Test
    void whatANodeRefusedIsAllowedOnTop() {
        var job = hello("restartPolicy: Never, job: {backoffLimit: 2}");
        var live = live(job, Accelerator.KVM);
        var refusals =
                List.of(refused("j-1", ""), refused("j-1", ", conditions: [" + RAN + "]"), refused("another", ""));

        var wanted = onlyJob(apply(seen(job, ELF, live.with(called("j-1", live)), refusals, BOTH)));

        assertThat(wanted.getSpec().getBackoffLimit())
                .as("of the three one is another Job's, and one the failure policy ignores")
                .isEqualTo(3);
    }

    @Test
    void whereNoFailureIsAllowedTheFirstEndsTheRunAndARefusalDoesNot() {
        var job = hello("""
                restartPolicy: Never, job: {backoffLimit: 0, podFailurePolicy: {rules: [
                  {action: Ignore, onExitCodes: {operator: In, values: [7]}},
                  {action: Count, onExitCodes: {operator: In, values: [8]}}]}}""");

        var spec = live(job, Accelerator.KVM).job().orElseThrow().getSpec();

        assertThat(spec.getBackoffLimit()).isPositive();
        assertThat(spec.getPodFailurePolicy().getRules())
                .extracting(PodFailurePolicyRule::getAction)
                .containsExactly("Ignore", "FailJob", "Ignore", "FailJob", "Ignore");
    }

    @Test
    void aJobMayBeRemovedOnlyWhenItsEndIsNoted() {
        var job = hello("restartPolicy: Never, job: {ttlSecondsAfterFinished: 5}");
        var live = live(job, Accelerator.KVM);

        var before = apply(seen(job, ELF, live, List.of(), BOTH));
        job.setStatus(new UnikernelStatus(1L, List.of(complete()), 0, 0, null, null, null, null));
        var after = apply(seen(job, ELF, live, List.of(), BOTH));

        assertThat(onlyJob(before).getSpec().getTtlSecondsAfterFinished()).isNull();
        assertThat(onlyJob(after).getSpec().getTtlSecondsAfterFinished()).isEqualTo(5);
    }

    @Test
    void aJobThatIsOverDoesNotRunAgainWhenItIsGone() {
        var job = hello("restartPolicy: Never");
        job.setStatus(new UnikernelStatus(1L, List.of(complete()), 0, 0, null, null, null, null));

        assertThat(Planner.plan(seen(job, ELF, LiveChildren.NONE, List.of(), BOTH)))
                .isInstanceOf(Plan.RestInPeace.class);
    }

    private static final String PORTS = "ports: [{name: http, port: 80, targetPort: 8080}]";
    private static final String REST = "args: [\"a\"]";

    private static Unikernel hello() {
        return hello("replicas: 2, " + PORTS + ", " + REST);
    }

    private static Unikernel hello(String spec) {
        return Serialization.unmarshal("""
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: hello, namespace: shop, uid: u-1}
                spec: {image: hello, runtime: elf, %s}
                """.formatted(spec), Unikernel.class);
    }

    private static LiveChildren live(Unikernel unikernel, Accelerator accelerator) {
        return Compiler.compile(unikernel, ELF.spec(), accelerator, GuestSeccomp.RuntimeDefault).all().stream()
                .reduce(LiveChildren.NONE, LiveChildren::with, (a, b) -> b);
    }

    private static LiveChildren compiledOtherwise(LiveChildren live) {
        return live.with(new DeploymentBuilder(live.deployment().orElseThrow())
                .editMetadata()
                .addToAnnotations(Marks.TEMPLATE, "an earlier one")
                .endMetadata()
                .editSpec()
                .editTemplate()
                .editSpec()
                .withHostname("earlier")
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
    }

    private static Deployment onlyDeployment(Plan.Apply plan) {
        return plan.wanted().stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Pod placed() {
        return new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewSpec()
                .withNodeName("n1")
                .endSpec()
                .build();
    }

    private static final String RAN = "{type: skete.dev/GuestRunning, status: 'True'}";

    private static Pod refused(String job, String also) {
        return Serialization.unmarshal("""
                metadata: {ownerReferences: [{apiVersion: batch/v1, kind: Job, name: hello, uid: %s, controller: true}]}
                spec: {nodeName: n1}
                status: {phase: Failed, reason: UnexpectedAdmissionError%s}
                """.formatted(job, also), Pod.class);
    }

    private static Job called(String uid, LiveChildren live) {
        return new JobBuilder(live.job().orElseThrow())
                .editMetadata()
                .withUid(uid)
                .endMetadata()
                .build();
    }

    private static Condition complete() {
        return new ConditionBuilder().withType("Complete").withStatus("True").build();
    }

    private static Snapshot seen(
            Unikernel unikernel, RuntimeLookup runtime, LiveChildren children, List<Pod> pods, NodeOffers offers) {
        return new Snapshot(unikernel, runtime, children, pods, offers, Map.of(), GuestSeccomp.RuntimeDefault);
    }

    private static Job onlyJob(Plan.Apply plan) {
        assertThat(plan.wanted()).singleElement().isInstanceOf(Job.class);
        return (Job) plan.wanted().getFirst();
    }

    private static Plan.Apply apply(Snapshot seen) {
        return Optional.of(Planner.plan(seen))
                .filter(Plan.Apply.class::isInstance)
                .map(Plan.Apply.class::cast)
                .orElseThrow();
    }
}
