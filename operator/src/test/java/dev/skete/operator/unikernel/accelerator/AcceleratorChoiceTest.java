package dev.skete.operator.unikernel.accelerator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.Accelerator;
import dev.skete.api.AcceleratorPolicy;
import dev.skete.api.ConditionReason;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceleratorChoiceTest {
    @ParameterizedTest(name = "{0}, guests bound to {1}, nodes offer kvm {2} and tcg {3}: {4}, {5}")
    @CsvSource({
        "KVM,                , true,  true,  KVM,       KvmAvailable",
        "KVM,                , false, true,  KVM,       NoNodeWithAccelerator",
        "KVM,       Emulation, true,  true,  KVM,       KvmAvailable",
        "Emulation,          , true,  true,  Emulation, EmulationRequested",
        "Emulation, KVM      , true,  true,  Emulation, EmulationRequested",
        "Auto,               , true,  true,  KVM,       KvmAvailable",
        "Auto,               , true,  false, KVM,       KvmAvailable",
        "Auto,               , false, true,  Emulation, Emulated",
        "Auto,               , false, false, Emulation, NoNodeWithAccelerator",
        "Auto,      Emulation, true,  true,  Emulation, Emulated",
        "Auto,      Emulation, true,  false, KVM,       KvmAvailable",
        "Auto,      KVM      , true,  true,  KVM,       KvmAvailable",
        "Auto,      KVM      , false, true,  Emulation, Emulated",
    })
    void chooses(
            AcceleratorPolicy policy,
            @Nullable Accelerator bound,
            boolean kvm,
            boolean emulation,
            Accelerator chosen,
            ConditionReason reason) {
        var choice = AcceleratorChoice.choose(policy, Optional.ofNullable(bound), new NodeOffers(kvm, emulation));

        assertThat(choice.accelerator()).isEqualTo(chosen);
        assertThat(choice.reason()).isEqualTo(reason);
        assertThat(choice.message()).endsWith(".");
    }

    @Test
    void guestsKeptInEmulationAreToldHowToMove() {
        var choice = AcceleratorChoice.choose(
                AcceleratorPolicy.Auto, Optional.of(Accelerator.Emulation), new NodeOffers(true, true));

        assertThat(choice.message()).contains("A node does now");
    }

    @Test
    void aNodeOffersWhatItHasCapacityForEvenWhileItsAgentRestarts() {
        var restarting = node(Map.of("skete.dev/kvm", new Quantity("110")), Map.of("skete.dev/kvm", new Quantity("0")));
        var without = node(Map.of("skete.dev/tcg", new Quantity("0")), Map.of());

        assertThat(NodeOffers.of(Stream.of(restarting, without, new Node()))).isEqualTo(new NodeOffers(true, false));
    }

    private static Node node(Map<String, Quantity> capacity, Map<String, Quantity> allocatable) {
        return new NodeBuilder()
                .withNewStatus()
                .withCapacity(capacity)
                .withAllocatable(allocatable)
                .endStatus()
                .build();
    }
}
