package dev.skete.agent.launch;

import dev.skete.agent.linux.PidFd;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.agent.vmm.GuestLaunch;
import dev.skete.agent.vmm.NetworkFacts;
import dev.skete.agent.vmm.PackKind;
import dev.skete.agent.vmm.PodName;
import dev.skete.agent.vmm.Qemu;
import dev.skete.agent.vmm.Vmm;
import dev.skete.agent.vmm.VmmPack;
import dev.skete.api.Accelerator;
import dev.skete.api.Boot;
import dev.skete.api.Defaults;
import dev.skete.api.Entropy;
import dev.skete.api.LaunchPlan;
import dev.skete.api.LaunchPlanJson;
import dev.skete.api.MachineType;
import dev.skete.api.Nic;
import dev.skete.api.NicModel;
import dev.skete.api.Quoting;
import dev.skete.api.Shutdown;
import dev.skete.api.Stdin;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plays the parts of a launch through once, without a pod. The first use of a native function, of the JSON reader and of the command line
 * code costs a fifth of a second in all, which the node's first guest should not wait for.
 */
public final class Rehearsal {
    private static final LaunchPlan PLAN = new LaunchPlan(
            LaunchPlan.CURRENT_VERSION,
            Qemu.NAME,
            Accelerator.Emulation,
            new LaunchPlan.MachinePlan(MachineType.microvm, Map.of("acpi", "off"), null, Defaults.EXIT_PORT),
            16,
            1,
            new Boot("/kernel", null, null),
            new Nic(NicModel.VIRTIO_NET_DEVICE, null, null),
            List.of("ip=${net.ip}/${net.prefix}", "${env}", "${args}"),
            "env=${name}=${value}",
            Quoting.Posix,
            List.of(),
            Map.of(),
            Shutdown.None,
            List.of(),
            Stdin.Closed,
            LaunchPlan.Storage.NONE,
            Entropy.None,
            null,
            0);

    private Rehearsal() {}

    /**
     * Plays it.
     *
     * @throws IOException if a native function does not work on this kernel
     */
    public static void play() throws IOException {
        try (var self = PidFd.ofPid((int) ProcessHandle.current().pid())) {
            self.alive();
            var plan = PlanReader.read(LaunchPlanJson.encode(PLAN));
            var address = (Inet4Address) InetAddress.getByAddress(new byte[] {10, 0, 0, 2});
            var network = new NetworkFacts(
                    "tap0",
                    OptionalInt.empty(),
                    "02:00:00:00:00:01",
                    1500,
                    address,
                    24,
                    Optional.of(address),
                    Optional.empty(),
                    List.of());
            var variables = new LinkedHashMap<String, String>();
            variables.put("MODE", "rehearsal");
            var command = Vmm.named(plan.vmm())
                    .command(new GuestLaunch(
                            plan,
                            new PodName("none", "none"),
                            List.of("two words"),
                            variables,
                            network,
                            List.of(),
                            VmmPack.inGuest(PackKind.FULL, "none")));
            Frame.ofList(Frame.VMM_ARGUMENTS, command.argv()).list();
        } catch (RefusedException e) {
            throw new IllegalStateException("the rehearsal's plan is wrong", e);
        }
    }
}
