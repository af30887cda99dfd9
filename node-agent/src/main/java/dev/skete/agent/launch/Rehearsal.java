package dev.skete.agent.launch;

import dev.skete.agent.linux.PidFd;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.agent.vmm.GuestLaunch;
import dev.skete.agent.vmm.NetworkFacts;
import dev.skete.agent.vmm.PackKind;
import dev.skete.agent.vmm.PodName;
import dev.skete.agent.vmm.Vmm;
import dev.skete.agent.vmm.VmmPack;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Plays the parts of a launch through once, without a pod. The first use of a native function, of the JSON reader and of the command line
 * code costs a fifth of a second in all, which the node's first guest should not wait for.
 */
public final class Rehearsal {
    private static final String PLAN = """
            {"version": 1, "vmm": "qemu", "accelerator": "Emulation", "machine": {"type": "microvm", "options": {"acpi": "off"}},
             "memoryMiB": 16, "cpus": 1, "boot": {"kernel": "/kernel"}, "nic": {"model": "virtio-net-device"},
             "commandLine": ["ip=${net.ip}/${net.prefix}", "${env}", "${args}"], "envFormat": "env=${name}=${value}",
             "quoting": "Posix", "env": [], "exitCodes": {}, "shutdown": "None", "ports": [], "stdin": "Closed"}
            """;

    private Rehearsal() {}

    /**
     * Plays it.
     *
     * @throws IOException if a native function does not work on this kernel
     */
    public static void play() throws IOException {
        try (var self = PidFd.ofPid((int) ProcessHandle.current().pid())) {
            self.alive();
            var plan = PlanReader.read(PLAN);
            var address = (Inet4Address) InetAddress.getByAddress(new byte[] {10, 0, 0, 2});
            var network = new NetworkFacts(
                    "tap0", "02:00:00:00:00:01", 1500, address, 24, Optional.of(address), Optional.empty());
            var variables = new LinkedHashMap<String, String>();
            variables.put("MODE", "rehearsal");
            var command = Vmm.named(plan.vmm())
                    .command(new GuestLaunch(
                            plan,
                            new PodName("none", "none"),
                            List.of("two words"),
                            variables,
                            network,
                            VmmPack.inGuest(PackKind.FULL, "none")));
            Frame.ofList(Frame.VMM_ARGUMENTS, command.argv()).list();
        } catch (RefusedException e) {
            throw new IllegalStateException("the rehearsal's plan is wrong", e);
        }
    }
}
