package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.device.TinyGuests;
import dev.skete.api.Accelerator;
import dev.skete.api.Boot;
import dev.skete.api.Defaults;
import dev.skete.api.DiskAccess;
import dev.skete.api.Entropy;
import dev.skete.api.FileChannel;
import dev.skete.api.GuestPaths;
import dev.skete.api.LaunchPlan;
import dev.skete.api.LaunchPlan.Disk;
import dev.skete.api.LaunchPlan.Mount;
import dev.skete.api.LaunchPlan.Storage;
import dev.skete.api.LaunchPlanJson;
import dev.skete.api.MachineType;
import dev.skete.api.Nic;
import dev.skete.api.NicModel;
import dev.skete.api.Quoting;
import dev.skete.api.Shutdown;
import dev.skete.api.Stdin;
import dev.skete.api.VnetHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped QEMU, confined as in a pod, with every device there is; what guests read through them, the end to end tests show. */
class VolumesIT extends AgentScene {
    private static final Map<Integer, Integer> EXIT_CODES = Map.of(85, 0);
    private static final String DISK = GuestPaths.disk("data");

    @BeforeEach
    void makeMountPoints() throws IOException {
        Files.createDirectories(Path.of(GuestPaths.FILES));
        Files.createDirectories(Path.of(GuestPaths.SCRATCH));
        Files.createFile(Path.of(DISK));
        var volume = Files.createDirectories(root.resolve("files/conf/sub"));
        Files.writeString(volume.resolve("a,b"), "text");
        Files.createFile(volume.resolve("empty"));
        Files.createDirectories(root.resolve("scratch"));
        Files.setPosixFilePermissions(root.resolve("scratch"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.write(root.resolve("disk"), new byte[1 << 20]);
        Files.setPosixFilePermissions(root.resolve("disk"), PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    @AfterEach
    void removeMountPoints() throws IOException {
        Files.delete(Path.of(GuestPaths.FILES));
        Files.delete(Path.of(GuestPaths.SCRATCH));
        Files.delete(Path.of(DISK));
    }

    @ParameterizedTest
    @CsvSource({"microvm, FwCfg", "microvm, Virtio9p", "q35, FwCfg", "q35, Virtio9p", "pc, FwCfg", "pc, Virtio9p"})
    void aGuestStartsWithFilesADiskAndRandomness(MachineType machine, FileChannel files) throws Exception {
        try (var pod = pod()) {
            var kernel = Files.write(root.resolve("guest.elf"), TinyGuests.thatExits());
            var storage = new Storage(
                    files,
                    List.of(new Mount("conf", "/etc/conf")),
                    "${tag}:${path}",
                    List.of(new Disk("data", DiskAccess.ReadWrite)));

            var container =
                    pod.start(guest(machine, new Boot(kernel.toString(), null, null), storage, Entropy.VirtioRng));

            assertThat(container.exitStatus()).as(container.said()).isZero();
        }
    }

    @Test
    void aGuestMayHaveAsManyFilesAsAreListed() throws Exception {
        for (int i = 0; i < 254; i++) {
            Files.createFile(root.resolve("files/conf/" + i));
        }
        try (var pod = pod()) {
            var kernel = Files.write(root.resolve("guest.elf"), TinyGuests.thatExits());
            var storage =
                    new Storage(FileChannel.FwCfg, List.of(new Mount("conf", "/etc")), "${tag}:${path}", List.of());

            var container = pod.start(
                    guest(MachineType.microvm, new Boot(kernel.toString(), null, null), storage, Entropy.None));

            assertThat(container.exitStatus()).as(container.said()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"q35", "pc"})
    void aGuestWritesToTheDiskItBootsAndTheImageStaysAsItIs(MachineType machine) throws Exception {
        var image = Files.write(root.resolve("image.raw"), bootSectorThatWrites());
        var before = Files.readAllBytes(image);
        try (var pod = pod()) {
            var container =
                    pod.start(guest(machine, new Boot(null, null, image.toString()), Storage.NONE, Entropy.None));

            assertThat(container.exitStatus()).as(container.said()).isZero();
        }
        assertThat(Files.readAllBytes(image)).isEqualTo(before);
        assertThat(root.resolve("scratch")).isEmptyDirectory();
    }

    /** Writes itself to the second sector by the BIOS, and ends QEMU with 85, or with 87 if it could not. */
    private static byte[] bootSectorThatWrites() {
        int[] code = {
            0x31,
            0xc0, // xor ax, ax
            0x8e,
            0xc0, // mov es, ax
            0xbb,
            0x00,
            0x7c, // mov bx, 0x7c00
            0xb8,
            0x01,
            0x03, // mov ax, 0x0301: write one sector
            0xb9,
            0x02,
            0x00, // mov cx, 2
            0xb6,
            0x00, // mov dh, 0; dl is the disk we come from
            0xcd,
            0x13, // int 0x13
            0xb0,
            0x2a, // mov al, 0x2a
            0x73,
            0x02, // jnc the next but one
            0xb0,
            0x2b, // mov al, 0x2b
            0xe6,
            0xf4, // out 0xf4, al
            0xf4 // hlt
        };
        var disk = new byte[1 << 20];
        for (int i = 0; i < code.length; i++) {
            disk[i] = (byte) code[i];
        }
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;
        return disk;
    }

    private GuestPod pod() throws IOException, InterruptedException {
        var pod = new GuestPod(root);
        pod.bind(root.resolve("files"), GuestPaths.FILES);
        pod.bind(root.resolve("scratch"), GuestPaths.SCRATCH);
        pod.bind(root.resolve("disk"), DISK);
        return pod;
    }

    private static Map<String, String> guest(MachineType machine, Boot boot, Storage storage, Entropy entropy) {
        boolean microvm = machine == MachineType.microvm;
        var plan = new LaunchPlan(
                LaunchPlan.CURRENT_VERSION,
                "qemu",
                Accelerator.Emulation,
                new LaunchPlan.MachinePlan(
                        machine, microvm ? Map.of("acpi", "off") : Map.of(), "max", Defaults.EXIT_PORT),
                32,
                1,
                boot,
                new Nic(microvm ? NicModel.VIRTIO_NET_DEVICE : NicModel.VIRTIO_NET_PCI, Map.of(), VnetHeader.Disabled),
                List.of("${mounts}"),
                "${name}=${value}",
                Quoting.Posix,
                List.of(),
                EXIT_CODES,
                Shutdown.None,
                List.of(),
                Stdin.Closed,
                storage,
                entropy,
                null,
                0);
        var environment = new HashMap<String, String>();
        environment.put(LaunchPlan.VARIABLE, LaunchPlanJson.encode(plan));
        environment.put("SKETE_POD_NAME", "hello-1");
        environment.put("SKETE_POD_NAMESPACE", "shop");
        environment.put(GuestPaths.FILES_VARIABLE, GuestPaths.FILES);
        return environment;
    }
}
