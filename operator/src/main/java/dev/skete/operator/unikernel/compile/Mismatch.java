package dev.skete.operator.unikernel.compile;

import static java.util.Objects.requireNonNullElse;

import dev.skete.api.Defaults;
import dev.skete.api.DiskModel;
import dev.skete.api.FileChannel;
import dev.skete.api.MachineType;
import dev.skete.api.UnikernelRuntimeSpec;
import dev.skete.api.UnikernelSpec;
import java.util.List;
import java.util.Optional;

/** What a Unikernel asks for and its runtime's guests cannot do: the checks that no schema can make, because it sees one object. */
public final class Mismatch {
    private Mismatch() {}

    /** What does not fit, with the remedy, as a sentence for a person; empty if all fits. */
    public static Optional<String> of(UnikernelSpec spec, UnikernelRuntimeSpec runtime) {
        return files(spec, runtime)
                .or(() -> disks(spec, runtime))
                .or(() -> boot(spec, runtime))
                .or(() -> arguments(spec, runtime))
                .or(() -> variables(spec, runtime))
                .map(problem -> "UnikernelRuntime " + spec.runtime() + " " + problem);
    }

    private static Optional<String> files(UnikernelSpec spec, UnikernelRuntimeSpec runtime) {
        boolean none = requireNonNullElse(runtime.files(), Defaults.FILES) == FileChannel.None;
        return when(
                none && !new Wanted(spec).volumeMounts().isEmpty(),
                "has no way to bring files to its guests (files is None), and spec.volumeMounts asks for some. Pass the data by"
                        + " spec.env or in the image, or use a runtime whose files is FwCfg or Virtio9p.");
    }

    private static Optional<String> disks(UnikernelSpec spec, UnikernelRuntimeSpec runtime) {
        boolean none = requireNonNullElse(runtime.disks(), Defaults.DISKS) == DiskModel.None;
        return when(
                none && !new Wanted(spec).volumeDevices().isEmpty(),
                "has guests that drive no disks (disks is None), and spec.volumeDevices asks for some. Remove them, or use a runtime"
                        + " whose disks is VirtioBlk.");
    }

    private static Optional<String> boot(UnikernelSpec spec, UnikernelRuntimeSpec runtime) {
        var boot = BootPlaces.of(spec.boot(), runtime.boot());
        if (boot.disk() == null) {
            return Optional.empty();
        }
        return when(
                        runtime.machine().type() == MachineType.microvm,
                        "has a microvm, which boots no disk. Use a runtime with machine.type q35 or pc.")
                .or(() -> when(
                        boot.initrd() != null,
                        "boots a disk, which has its own initial RAM disk. Remove spec.boot.initrd, or name a kernel."))
                .or(
                        () -> when(
                                !commandLine(runtime).isEmpty(),
                                "has a command line, which a guest that boots a disk cannot be given. Use a runtime without one."));
    }

    /** Arguments that go nowhere would be lost without a word. */
    private static Optional<String> arguments(UnikernelSpec spec, UnikernelRuntimeSpec runtime) {
        return when(
                !new Wanted(spec).args().isEmpty() && !commandLine(runtime).contains("${args}"),
                "passes no arguments to its guests (its commandLine has no ${args}), and spec.args has some. Remove them, or use"
                        + " another runtime.");
    }

    /** As above; but arguments may be made of variables, and then these are not lost. */
    private static Optional<String> variables(UnikernelSpec spec, UnikernelRuntimeSpec runtime) {
        var wanted = new Wanted(spec);
        boolean some = !wanted.env().isEmpty() || !wanted.envFrom().isEmpty();
        return when(
                some
                        && !commandLine(runtime).contains("${env}")
                        && wanted.args().stream().noneMatch(argument -> argument.contains("$(")),
                "passes no variables to its guests (its commandLine has no ${env}), and spec.env or spec.envFrom has some. Remove them, name"
                        + " them in spec.args as $(NAME), or use another runtime.");
    }

    private static List<String> commandLine(UnikernelRuntimeSpec runtime) {
        return requireNonNullElse(runtime.commandLine(), List.of());
    }

    private static Optional<String> when(boolean holds, String problem) {
        return holds ? Optional.of(problem) : Optional.empty();
    }
}
