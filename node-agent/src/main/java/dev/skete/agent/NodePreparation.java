package dev.skete.agent;

import dev.skete.agent.device.DeviceNode;
import dev.skete.agent.launch.Rehearsal;
import dev.skete.agent.net.WiringRehearsal;
import java.io.IOException;

/** The preparation of a real node. */
record NodePreparation(AgentConfig config) implements Preparation {
    /** As the operator writes it into guests' pods. */
    private static final String SECCOMP_PROFILE = "vmm.json";

    @Override
    public void install() throws IOException {
        var paths = new AgentPaths(config.root());
        InstalledFile.install(config.launcher(), paths.launcher(), "rwxr-xr-x");
        if (config.seccompDir().isPresent()) {
            InstalledFile.install(
                    config.seccompProfile(), config.seccompDir().get().resolve(SECCOMP_PROFILE), "rw-r--r--");
        }
        DeviceNode.TUN.ensure(paths.deviceNodes(), config.guestGid());
    }

    @Override
    public void rehearse() throws IOException {
        WiringRehearsal.play(1);
        Rehearsal.play();
    }
}
