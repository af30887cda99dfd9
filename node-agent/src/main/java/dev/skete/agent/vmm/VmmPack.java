package dev.skete.agent.vmm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A VMM with its libraries, and for QEMU its firmware. It brings its own dynamic loader, so a guest image needs no file of it.
 *
 * @param directory the pack's directory, absolute: in a guest's container, or on the node
 */
public record VmmPack(PackKind kind, String directory) {

    /** Where Allocate mounts the agent's directory in a guest's container. */
    public static final String GUEST_MOUNT = "/skete";

    /** The pack of that name, below the guests' mount. */
    public static VmmPack inGuest(PackKind kind, String name) {
        return new VmmPack(kind, GUEST_MOUNT + "/vmm/" + name);
    }

    /** The words that start the VMM, before its own options. */
    public List<String> program() {
        return switch (kind) {
            case FULL, MICROVM -> loaded("qemu-system-x86_64", "-L", directory + "/share");
            case UHYVE -> loaded("uhyve");
            case SOLO5_HVT -> loaded("solo5-hvt");
        };
    }

    private List<String> loaded(String binary, String... options) {
        var words = new ArrayList<>(List.of(
                directory + "/lib/ld-linux-x86-64.so.2",
                "--library-path",
                directory + "/lib",
                directory + "/bin/" + binary));
        words.addAll(List.of(options));
        return List.copyOf(words);
    }

    /** The VMM's whole environment. Debian's QEMU loads TCG as a module, from here. */
    public Map<String, String> environment() {
        return switch (kind) {
            case FULL, MICROVM -> Map.of("QEMU_MODULE_DIR", directory + "/modules");
            // Nothing but this: uhyve takes options from variables too. It tells a triple fault in its log only, and
            // ends with 0.
            case UHYVE -> Map.of("RUST_LOG", "warn,uhyvelib::os::x86_64::kvm_cpu=debug");
            case SOLO5_HVT -> Map.of();
        };
    }
}
