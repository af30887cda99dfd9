package dev.skete.agent.vmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.Accelerator;
import dev.skete.api.Boot;
import dev.skete.api.DiskAccess;
import dev.skete.api.Entropy;
import dev.skete.api.FileChannel;
import dev.skete.api.LaunchPlan;
import dev.skete.api.LaunchPlan.Disk;
import dev.skete.api.LaunchPlan.Mount;
import dev.skete.api.LaunchPlan.Storage;
import dev.skete.api.Quoting;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class StorageTest {
    private static final Boot KERNEL = new Boot("/kernel", null, null);
    private static final Boot DISK = new Boot(null, null, "/disk.raw");
    private static final LaunchPlan PC = Launches.hermit();
    private static final LaunchPlan MICROVM = Launches.microvm(Accelerator.Emulation);

    @Test
    void filesAreBlobsNamedByTheirPlaceAndOnlyThoseOfMounts() throws Exception {
        var plan = with(MICROVM, files(FileChannel.FwCfg, new Mount("conf", "/etc/app"), new Mount("key", "/kek")));

        var command = words(plan, List.of("key/2025", "conf/sub/b.conf", "conf/a,file=x", "other/secret", "loose"));

        assertThat(valuesOf("-fw_cfg", command))
                .containsExactly(
                        "name=opt/skete/etc/app/a,,file=x,file=/skete-files/conf/a,,file=x",
                        "name=opt/skete/etc/app/sub/b.conf,file=/skete-files/conf/sub/b.conf",
                        "name=opt/skete/kek/2025,file=/skete-files/key/2025");
        assertThat(command).contains("fw_cfg_io.x-file-slots=35");
    }

    @Test
    void aVolumeWithoutFilesAddsNothing() throws Exception {
        var plan = with(MICROVM, files(FileChannel.FwCfg, new Mount("conf", "/etc")));

        assertThat(words(plan, List.of())).doesNotContain("-fw_cfg").noneMatch(w -> w.contains("x-file-slots"));
    }

    @ParameterizedTest
    @FieldSource("FILES_THAT_CANNOT_BE_CARRIED")
    void filesThatFirmwareCannotCarryAreRefusedWithTheRemedy(List<String> files, String says) {
        var plan = with(MICROVM, files(FileChannel.FwCfg, new Mount("a", "/etc"), new Mount("b", "/etc/b")));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> words(plan, files))
                .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(RefusalReason.BadFile))
                .withMessageContaining(says);
    }

    static final List<Arguments> FILES_THAT_CANNOT_BE_CARRIED = List.of(
            refused(
                    List.of("a/" + "x".repeat(42)),
                    "opt/skete/etc/" + "x".repeat(42)
                            + " has a name of 56 characters and the firmware's names have at most 55; shorten"),
            refused(List.of("a/na\u00efve"), "rename it"),
            refused(List.of("a/two words"), "rename it"),
            refused(List.of("a/b/key", "b/key"), "two files would be opt/skete/etc/b/key"),
            refused(IntStream.range(0, 257).mapToObj(i -> "a/" + i).toList(), "more than 256 files"));

    @Test
    void sharesAreReadOnlyAndTaggedWithTheVolumesName() throws Exception {
        var storage = files(FileChannel.Virtio9p, new Mount("conf", "/etc/app"));

        assertThat(String.join(" ", words(with(PC, storage), List.of("conf/a"))))
                .contains("-fsdev local,id=files-conf,path=/skete-files/conf,security_model=none,readonly=on"
                        + " -device virtio-9p-pci,fsdev=files-conf,mount_tag=conf")
                .doesNotContain("-fw_cfg");
        assertThat(words(with(MICROVM, storage), List.of()))
                .contains("virtio-9p-device,fsdev=files-conf,mount_tag=conf");
    }

    @Test
    void disksComeInOrderAfterTheNetworkWithTheirNamesAsSerialNumbers() throws Exception {
        var storage = new Storage(
                FileChannel.None,
                List.of(),
                "",
                List.of(new Disk("data", DiskAccess.ReadWrite), new Disk("base", DiskAccess.ReadOnly)));

        var command = words(with(PC, storage), List.of());

        assertThat(valuesOf("-drive", command))
                .containsExactly(
                        "if=none,id=disk-data,format=raw,cache=none,discard=unmap,file=/dev/skete-data",
                        "if=none,id=disk-base,format=raw,cache=none,discard=unmap,readonly=on,file=/dev/skete-base");
        assertThat(valuesOf("-device", command).stream().filter(d -> d.startsWith("virtio")))
                .extracting(d -> d.replaceAll("netdev=.*", "…"))
                .containsExactly(
                        "virtio-net-pci,…",
                        "virtio-blk-pci,drive=disk-data,serial=data",
                        "virtio-blk-pci,drive=disk-base,serial=base");
        assertThat(words(with(MICROVM, storage), List.of())).contains("virtio-blk-device,drive=disk-data,serial=data");
    }

    @Test
    void aBootDiskIsTheFirstDiskAndWhatIsWrittenToItGoesToTheScratchDirectory() throws Exception {
        var launch = Launches.withFiles(
                Launches.withStorage(
                        PC,
                        DISK,
                        new Storage(FileChannel.None, List.of(), "", List.of(new Disk("data", DiskAccess.ReadWrite))),
                        Entropy.None),
                List.of());

        var command = new Qemu().command(launch);

        assertThat(valuesOf("-drive", command.argv()))
                .startsWith("if=none,id=boot,format=raw,snapshot=on,file=/disk.raw");
        assertThat(command.argv())
                .contains("virtio-blk-pci,drive=boot,bootindex=0")
                .doesNotContain("-kernel");
        assertThat(command.environment()).containsEntry("TMPDIR", "/skete-scratch");
    }

    @Test
    void randomnessIsTheNodes() throws Exception {
        assertThat(words(Launches.withStorage(PC, KERNEL, Storage.NONE, Entropy.VirtioRng), List.of()))
                .containsSequence(
                        "-object",
                        "rng-random,id=entropy,filename=/dev/urandom",
                        "-device",
                        "virtio-rng-pci,rng=entropy");
    }

    @Test
    void aGuestCanBeToldItsMountsOnTheCommandLine() throws Exception {
        var storage = new Storage(
                FileChannel.Virtio9p,
                List.of(new Mount("conf", "/etc/app"), new Mount("data", "/srv")),
                "${tag}:${path}:9pfs",
                List.of());
        var plan = Launches.withCommandLine(with(PC, storage), Quoting.Posix, List.of("vfs.fstab=[", "${mounts}", "]"));

        assertThat(words(plan, List.of())).contains("'vfs.fstab=[' conf:/etc/app:9pfs data:/srv:9pfs ']'");
    }

    @ParameterizedTest
    @FieldSource("IMPOSSIBLE")
    void whatAMachineCannotDoIsRefused(LaunchPlan plan, String says) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> words(plan, List.of()))
                .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(RefusalReason.BadPlan))
                .withMessageContaining(says);
    }

    static final List<Arguments> IMPOSSIBLE = List.of(
            refused(with(PC, files(FileChannel.None, new Mount("a", "/a"))), "FwCfg or Virtio9p"),
            refused(with(PC, files(FileChannel.FwCfg, new Mount("a,b", "/a"))), "not a volume's"),
            refused(with(PC, files(FileChannel.FwCfg, new Mount("a", "/a"), new Mount("a", "/b"))), "a name twice"),
            refused(with(PC, files(FileChannel.FwCfg, new Mount("a", "/a,b"))), "plain absolute path"),
            refused(Launches.withStorage(MICROVM, DISK, Storage.NONE, Entropy.None), "q35 or pc"),
            refused(
                    Launches.withStorage(PC, new Boot(null, "/i", "/d"), Storage.NONE, Entropy.None),
                    "boot.initrd needs a kernel"),
            refused(
                    Launches.withCommandLine(
                            Launches.withStorage(PC, DISK, Storage.NONE, Entropy.None), Quoting.Posix, List.of("x")),
                    "has no command line"),
            refused(
                    Launches.withStorage(
                            MICROVM, KERNEL, new Storage(FileChannel.None, List.of(), "", disks(7)), Entropy.VirtioRng),
                    "9 virtio devices and this machine has room for 8"));

    @Test
    void theSmallPackKnowsNeitherSharesNorPci() {
        var small = Launches.microvm(Accelerator.KVM);
        assertThat(PackKind.smallestFor(with(small, files(FileChannel.FwCfg)))).isEqualTo(PackKind.MICROVM);
        assertThat(PackKind.smallestFor(with(small, files(FileChannel.Virtio9p))))
                .isEqualTo(PackKind.FULL);
    }

    private static Arguments refused(Object given, String says) {
        return Arguments.of(given, says);
    }

    private static List<Disk> disks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Disk("d" + i, DiskAccess.ReadWrite))
                .toList();
    }

    private static Storage files(FileChannel channel, Mount... mounts) {
        return new Storage(channel, List.of(mounts), "${tag}:${path}", List.of());
    }

    private static LaunchPlan with(LaunchPlan plan, Storage storage) {
        return Launches.withStorage(plan, KERNEL, storage, Entropy.None);
    }

    private static List<String> words(LaunchPlan plan, List<String> files) throws RefusedException {
        return new Qemu().command(Launches.withFiles(plan, files)).argv();
    }

    private static List<String> valuesOf(String option, List<String> command) {
        return IntStream.range(1, command.size())
                .filter(i -> command.get(i - 1).equals(option))
                .mapToObj(command::get)
                .toList();
    }
}
