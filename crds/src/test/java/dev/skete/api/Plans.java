package dev.skete.api;

import dev.skete.api.LaunchPlan.MachinePlan;
import dev.skete.api.LaunchPlan.Mount;
import dev.skete.api.LaunchPlan.Storage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Launch plans to test with. */
final class Plans {
    private Plans() {}

    /** The plan in launch-plan-v1.json. */
    static LaunchPlan hermit() {
        return new LaunchPlan(
                1,
                "qemu",
                Accelerator.KVM,
                new MachinePlan(MachineType.q35, new TreeMap<>(Map.of("acpi", "off", "pit", "on")), "host", 0x501),
                64,
                2,
                new Boot("/hermit/loader", "/hermit/app", null),
                new Nic(NicModel.VIRTIO_NET_PCI, Map.of("disable-legacy", "on"), VnetHeader.Enabled),
                List.of("-ip", "${net.ip}", "${env}", "--", "${args}"),
                "env=${name}=${value}",
                Quoting.Posix,
                List.of("MODE"),
                Map.of(3, 0),
                Shutdown.None,
                List.of(8080),
                Stdin.Closed,
                new Storage(
                        FileChannel.FwCfg,
                        List.of(new Mount("keys", "/etc/keys")),
                        Defaults.MOUNT_FORMAT,
                        List.of(new LaunchPlan.Disk("data", DiskAccess.ReadWrite))),
                Entropy.VirtioRng,
                new Console("exit status ", List.of(new Console.Failure("[PANIC]", FailureReason.GuestPanicked, 101))),
                5);
    }

    /** As small as a plan can be, around texts that a test chooses. */
    static LaunchPlan with(List<String> commandLine, String cpu, Map<Integer, Integer> exitCodes) {
        return new LaunchPlan(
                1,
                "qemu",
                Accelerator.Emulation,
                new MachinePlan(MachineType.microvm, Map.of(), cpu, 0xf4),
                1,
                1,
                new Boot("/k", null, null),
                new Nic(NicModel.VIRTIO_NET_DEVICE, null, null),
                commandLine,
                "",
                Quoting.None,
                List.of(),
                exitCodes,
                Shutdown.ACPI,
                List.of(),
                Stdin.Open,
                Storage.NONE,
                Entropy.None,
                null,
                0);
    }
}
