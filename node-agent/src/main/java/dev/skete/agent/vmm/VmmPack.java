package dev.skete.agent.vmm;

import java.util.List;
import java.util.Map;

/**
 * A QEMU with its libraries and firmware. It brings its own dynamic loader, so a guest image needs no file of it.
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
        return List.of(
                directory + "/lib/ld-linux-x86-64.so.2",
                "--library-path",
                directory + "/lib",
                directory + "/bin/qemu-system-x86_64",
                "-L",
                directory + "/share");
    }

    /** The VMM's whole environment. Debian's QEMU loads TCG as a module, from here. */
    public Map<String, String> environment() {
        return Map.of("QEMU_MODULE_DIR", directory + "/modules");
    }
}
