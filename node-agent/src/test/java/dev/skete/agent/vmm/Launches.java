package dev.skete.agent.vmm;

import dev.skete.api.Accelerator;
import dev.skete.api.Boot;
import dev.skete.api.Entropy;
import dev.skete.api.LaunchPlan;
import dev.skete.api.MachineType;
import dev.skete.api.Nic;
import dev.skete.api.NicModel;
import dev.skete.api.Quoting;
import dev.skete.api.Shutdown;
import dev.skete.api.Stdin;
import dev.skete.api.VnetHeader;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** Guest launches for tests: a Hermit guest that a test changes in one place. */
final class Launches {
    private Launches() {}

    static final NetworkFacts NETWORK = new NetworkFacts(
            "tap0",
            OptionalInt.of(3),
            "0a:58:0a:f4:01:07",
            1450,
            address("10.244.1.7"),
            24,
            Optional.of(address("10.244.1.1")),
            Optional.of(address("10.96.0.10")),
            List.of("shop.svc.cluster.local", "cluster.local"));

    static LaunchPlan hermit() {
        return new LaunchPlan(
                1,
                "qemu",
                Accelerator.Emulation,
                new LaunchPlan.MachinePlan(MachineType.q35, Map.of(), "qemu64,apic,fsgsbase", 0xf4),
                64,
                1,
                new Boot("/hermit/loader", "/hermit/app", null),
                new Nic(NicModel.VIRTIO_NET_PCI, Map.of("disable-legacy", "on"), VnetHeader.Disabled),
                List.of(
                        "-ip",
                        "${net.ip}",
                        "-mask",
                        "${net.mask}",
                        "-gateway",
                        "${net.gateway}",
                        "${env}",
                        "--",
                        "${args}"),
                "env=${name}=${value}",
                Quoting.Posix,
                List.of(),
                Map.of(3, 0),
                Shutdown.None,
                List.of(8080),
                Stdin.Closed,
                LaunchPlan.Storage.NONE,
                Entropy.None,
                null,
                0);
    }

    static LaunchPlan microvm(Accelerator accelerator) {
        var hermit = hermit();
        return new LaunchPlan(
                1,
                "qemu",
                accelerator,
                new LaunchPlan.MachinePlan(MachineType.microvm, Map.of("acpi", "off", "rtc", "on"), null, 0xf4),
                32,
                1,
                new Boot("/kernel", null, null),
                new Nic(NicModel.VIRTIO_NET_DEVICE, null, null),
                List.of("ip=${net.ip}/${net.prefix}", "name=${pod.name}", "${args}"),
                hermit.envFormat(),
                Quoting.None,
                List.of(),
                Map.of(),
                Shutdown.None,
                List.of(),
                Stdin.Closed,
                LaunchPlan.Storage.NONE,
                Entropy.None,
                null,
                0);
    }

    static LaunchPlan withCommandLine(LaunchPlan plan, Quoting quoting, List<String> commandLine) {
        return new LaunchPlan(
                plan.version(),
                plan.vmm(),
                plan.accelerator(),
                plan.machine(),
                plan.memoryMiB(),
                plan.cpus(),
                plan.boot(),
                plan.nic(),
                commandLine,
                plan.envFormat(),
                quoting,
                plan.env(),
                plan.exitCodes(),
                plan.shutdown(),
                plan.ports(),
                plan.stdin(),
                plan.storage(),
                plan.entropy(),
                plan.console(),
                plan.stopSeconds());
    }

    static LaunchPlan withNic(LaunchPlan plan, Nic nic) {
        return new LaunchPlan(
                plan.version(),
                plan.vmm(),
                plan.accelerator(),
                plan.machine(),
                plan.memoryMiB(),
                plan.cpus(),
                plan.boot(),
                nic,
                plan.commandLine(),
                plan.envFormat(),
                plan.quoting(),
                plan.env(),
                plan.exitCodes(),
                plan.shutdown(),
                plan.ports(),
                plan.stdin(),
                plan.storage(),
                plan.entropy(),
                plan.console(),
                plan.stopSeconds());
    }

    static LaunchPlan withStorage(LaunchPlan plan, Boot boot, LaunchPlan.Storage storage, Entropy entropy) {
        return new LaunchPlan(
                plan.version(),
                plan.vmm(),
                plan.accelerator(),
                plan.machine(),
                plan.memoryMiB(),
                plan.cpus(),
                boot,
                plan.nic(),
                boot.disk() == null ? plan.commandLine() : List.of(),
                plan.envFormat(),
                plan.quoting(),
                plan.env(),
                plan.exitCodes(),
                plan.shutdown(),
                plan.ports(),
                plan.stdin(),
                storage,
                entropy,
                plan.console(),
                plan.stopSeconds());
    }

    static GuestLaunch withFiles(LaunchPlan plan, List<String> files) {
        var launch = of(plan, List.of(), Map.of());
        return new GuestLaunch(
                plan, launch.pod(), launch.arguments(), launch.environment(), launch.network(), files, launch.pack());
    }

    static GuestLaunch of(LaunchPlan plan, List<String> arguments, Map<String, String> environment) {
        return of(plan, arguments, environment, NETWORK);
    }

    static GuestLaunch of(
            LaunchPlan plan, List<String> arguments, Map<String, String> environment, NetworkFacts network) {
        SequencedMap<String, String> variables = new LinkedHashMap<>(environment);
        return new GuestLaunch(
                plan,
                new PodName("shop", "hello-1"),
                arguments,
                variables,
                network,
                List.of(),
                VmmPack.inGuest(PackKind.smallestFor(plan), "pack-7.2-0123"));
    }

    private static Inet4Address address(String text) {
        try {
            return (Inet4Address) InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
