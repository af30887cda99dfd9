package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.device.TinyGuests;
import dev.skete.api.GuestPaths;
import dev.skete.api.GuestReason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that are made to hurt: what they cost is their own container's, and it ends with a reason. */
class HostileImageIT extends AgentScene {
    private static final long GIB = 1L << 30;
    /** What a pod with 16 MiB for its guest and 112 MiB for QEMU has. */
    private static final long POD_MEMORY = 128 << 20;

    private static final int OUT_OF_MEMORY = 128 + 9;
    private static final int EXITS = 85;
    private static final String NOT_LOADED = "Error while loading elf kernel";

    @Test
    void aKernelThatIsNotInTheImageIsNamedInThePodsCondition() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(root.resolve("missing"), new TestPlan()));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(126);
            assertThat(awaitReason(pod, GuestReason.BootFailed))
                    .startsWith(
                            "The guest did not boot: cannot boot " + root + "/missing: the image has no such file.");
        }
    }

    /** The agent would hang if it opened it, and QEMU too. */
    @Test
    void aKernelAndADiskThatAreFifosAreOpenedByNobody() throws Exception {
        var fifo = root.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", "-m", "666", fifo.toString())
                        .start()
                        .waitFor())
                .isZero();
        for (var plan : new TestPlan[] {new TestPlan(), new TestPlan().disk()}) {
            try (var pod = new GuestPod(root)) {
                var container = pod.start(guest(fifo, plan));
                assertThat(container.exitStatus()).as(container.said()).isEqualTo(126);
                assertThat(awaitReason(pod, GuestReason.BootFailed)).contains("it is a FIFO");
            }
        }
    }

    @Test
    void aKernelOrAnInitrdOf4GibIsLoadedByNobody() throws Exception {
        var kernel = Files.write(root.resolve("guest.elf"), TinyGuests.thatExits());
        var large = sparse("large", 4 * GIB);
        assertTooLarge(guest(large, new TestPlan()));
        assertTooLarge(guest(kernel, new TestPlan().initrd(large)));
    }

    private void assertTooLarge(Map<String, String> environment) throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(environment);
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(126);
            assertThat(awaitReason(pod, GuestReason.BootFailed)).contains(root + "/large: it is too large.");
        }
    }

    @Test
    void aKernelThatIsJustSmallEnoughTakesItsOwnContainersMemoryAndNoMore() throws Exception {
        try (var pod = new GuestPod(root)) {
            pod.limitMemory(POD_MEMORY);
            var container = pod.start(guest(sparse("kernel", GIB), new TestPlan()));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(OUT_OF_MEMORY);
            awaitReason(pod, GuestReason.VmmExited);
        }
    }

    /** Where a program header of the tiny guest, or its count of them, is in its file; see ProbeGuest. */
    enum Bomb {
        SEGMENT_OF_4_GIB_IN_MEMORY(72, -1, 1, NOT_LOADED),
        SEGMENT_OF_256_MIB_IN_MEMORY(72, 1 << 28, EXITS, ""),
        SEGMENT_LONGER_THAN_THE_FILE(68, 1 << 20, 1, NOT_LOADED),
        SEGMENT_BEHIND_THE_END_OF_THE_FILE(56, Integer.MAX_VALUE, 1, NOT_LOADED),
        SEGMENT_OVER_THE_FIRMWARE(Bomb.PHYSICAL_ADDRESS, -4096, 1, "Some ROM regions are overlapping"),
        NOTE_OF_4_GIB(100, -1, EXITS, ""),
        NOTE_OF_2_GIB_IN_MEMORY(104, Integer.MAX_VALUE, EXITS, ""),
        HEADERS_BEHIND_THE_END_OF_THE_FILE(28, -1, 1, NOT_LOADED),
        MORE_HEADERS_THAN_FILE(42, 0xffff0020, 1, NOT_LOADED);

        private final int at;
        private final int value;
        private final int status;
        private final String says;

        Bomb(int at, int value, int status, String says) {
            this.at = at;
            this.value = value;
            this.status = status;
            this.says = says;
        }

        static final int PHYSICAL_ADDRESS = 64;

        byte[] elf() {
            return ByteBuffer.wrap(TinyGuests.thatExits())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(at, value)
                    .array();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anElfFileThatLiesIsNotLoadedOrEndsAsIfItHadNot(Bomb bomb) throws Exception {
        try (var pod = new GuestPod(root)) {
            pod.limitMemory(POD_MEMORY);
            var container = pod.start(guest(bomb.elf(), Map.of()));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(bomb.status);
            assertThat(container.said()).contains(bomb.says);
            awaitReason(pod, GuestReason.VmmExited);
        }
    }

    /** Its processor runs through zeros, and QEMU's translation of them into the container's limit. */
    @Test
    void aGuestWithoutCodeIsEndedByItsOwnMemoryLimitOrByItself() throws Exception {
        try (var pod = new GuestPod(root)) {
            pod.limitMemory(POD_MEMORY);
            var elsewhere = ByteBuffer.wrap(TinyGuests.thatExits())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(Bomb.PHYSICAL_ADDRESS, 0)
                    .array();
            var container = pod.start(guest(elsewhere, Map.of()));
            assertThat(container.exitStatus()).as(container.said()).isIn(0, OUT_OF_MEMORY);
            awaitReason(pod, GuestReason.VmmExited, GuestReason.ShutDown, GuestReason.Reset);
        }
    }

    /** QEMU would open what a qcow2 header names as its backing file, if it looked for one. */
    @Test
    void aDiskIsRawWhateverItsFirstBytesSay() throws Exception {
        var scratch = Path.of(GuestPaths.SCRATCH);
        Files.createDirectories(scratch);
        Files.createDirectories(root.resolve("scratch"));
        Files.setPosixFilePermissions(root.resolve("scratch"), PosixFilePermissions.fromString("rwxrwxrwx"));
        var backing = Files.write(root.resolve("backing"), new byte[1 << 20]);
        var image = Files.write(root.resolve("image"), qcow2(backing));
        try (var pod = new GuestPod(root)) {
            pod.bind(root.resolve("scratch"), GuestPaths.SCRATCH);
            var container = pod.start(guest(image, new TestPlan().disk()));
            awaitReason(pod, GuestReason.Running);
            assertThat(OpenFiles.of(container.vmm())).contains(image).doesNotContain(backing);
        } finally {
            Files.delete(scratch);
        }
    }

    /** As QEMU's docs/interop/qcow2.txt has it, version 2, with an empty table of clusters. */
    private static byte[] qcow2(Path backing) {
        var name = backing.toString().getBytes(StandardCharsets.UTF_8);
        var image = ByteBuffer.allocate(1 << 20);
        image.put(new byte[] {'Q', 'F', 'I', (byte) 0xfb}).putInt(2);
        image.putLong(0x400).putInt(name.length); // where the backing file's name is
        image.putInt(16).putLong(1 << 20).putInt(0); // clusters of 64 KiB, a disk of 1 MiB, not encrypted
        image.putInt(1).putLong(0x10000); // one entry of the first table, in the second cluster
        image.putLong(0x20000).putInt(1); // counts of references, in the third
        return image.put(0x400, name).array();
    }

    private Path sparse(String name, long bytes) throws IOException {
        try (var file = new RandomAccessFile(root.resolve(name).toFile(), "rw")) {
            file.setLength(bytes);
        }
        return root.resolve(name);
    }
}
