package dev.skete.agent.launch;

import dev.skete.agent.net.WiredPod;
import dev.skete.agent.vmm.VmmCommand;
import dev.skete.api.Boot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A guest whose network is wired and whose command is known; the launcher only has to start it. */
record PreparedGuest(WiredPod wired, VmmCommand command, Boot boot, GuestWatch watch) {
    /** In bytes. VMMs load the whole file, and QEMU counts a kernel's bytes in an int: one of 4 GiB is none to it. */
    private static final long LARGEST_KERNEL = 1 << 30;

    /**
     * The VMM's environment, and in it what the launcher looks for first: whether it can load what it boots. The agent itself opens nothing
     * of a workload's.
     */
    List<String> environment() {
        var files = new ArrayList<String>();
        look(files, boot.kernel(), LARGEST_KERNEL);
        look(files, boot.initrd(), LARGEST_KERNEL);
        look(files, boot.disk(), Long.MAX_VALUE);
        var variables = new ArrayList<String>();
        command.environment().forEach((name, value) -> variables.add(name + "=" + value));
        variables.add("SKETE_BOOT=" + String.join("\n", files));
        return variables;
    }

    private static void look(List<String> files, @Nullable String path, long most) {
        if (path != null) {
            files.add(most + " " + path);
        }
    }
}
