package dev.skete.operator.unikernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.AcceleratorPolicy;
import dev.skete.api.ConditionReason;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntimeSpec;
import dev.skete.operator.runtime.RuntimeLookup;
import dev.skete.operator.unikernel.accelerator.NodeOffers;
import dev.skete.operator.unikernel.compile.GuestSeccomp;
import dev.skete.operator.unikernel.status.LiveChildren;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KvmOnlyTest {
    @ParameterizedTest
    @CsvSource({
        "uhyve,     Emulation, true,  RuntimeInvalid,        Set it to KVM or Auto",
        "uhyve,     Emulation, false, RuntimeInvalid,        Set it to KVM or Auto",
        "uhyve,     Auto,      false, NoNodeWithAccelerator, Add a node with hardware virtualization",
        "solo5-hvt, Auto,      false, NoNodeWithAccelerator, whose vmm is qemu",
    })
    void aVmmThatNeedsKvmAndGetsNoneHoldsEverything(
            String vmm, AcceleratorPolicy policy, boolean kvm, ConditionReason reason, String remedy) {
        assertThat(plan(vmm, policy, kvm)).isInstanceOfSatisfying(Plan.Hold.class, hold -> {
            assertThat(hold.obstacle().reason()).isEqualTo(reason);
            assertThat(hold.obstacle().message()).contains("UnikernelRuntime r", vmm, "KVM only", remedy);
        });
    }

    /** Without a node for it, a spec that insists on KVM is applied and its pods wait for one, as with QEMU. */
    @ParameterizedTest
    @CsvSource({
        "uhyve,     Auto,      true",
        "uhyve,     KVM,       true",
        "uhyve,     KVM,       false",
        "solo5-hvt, Auto,      true",
        "qemu,      Emulation, true",
        "qemu,      Auto,      false",
    })
    void everythingElseIsApplied(String vmm, AcceleratorPolicy policy, boolean kvm) {
        assertThat(plan(vmm, policy, kvm)).isInstanceOf(Plan.Apply.class);
    }

    private static Plan plan(String vmm, AcceleratorPolicy policy, boolean kvm) {
        var unikernel = Serialization.unmarshal("""
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: job, namespace: shop, uid: u-1}
                spec: {image: job, runtime: r, restartPolicy: Never, accelerator: %s}
                """.formatted(policy), Unikernel.class);
        var runtime = Serialization.unmarshal(
                Serialization.asYaml(Given.runtime("r").getSpec()).replace("qemu", vmm), UnikernelRuntimeSpec.class);
        return Planner.plan(new Snapshot(
                unikernel,
                new RuntimeLookup.Found(runtime),
                LiveChildren.NONE,
                List.of(),
                new NodeOffers(kvm, true),
                Map.of(),
                GuestSeccomp.RuntimeDefault));
    }
}
