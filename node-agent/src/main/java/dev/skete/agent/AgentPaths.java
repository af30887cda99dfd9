package dev.skete.agent;

import java.nio.file.Path;

/** Where everything is, below the agent's root on the node. */
record AgentPaths(Path root) {
    Path deviceNodes() {
        return root.resolve("dev");
    }

    /** What guests see at {@code /skete}, read-only. */
    Path guestFiles() {
        return root.resolve("guest");
    }

    Path launcher() {
        return guestFiles().resolve("bin/launch");
    }

    Path packs() {
        return guestFiles().resolve("vmm");
    }

    Path agentSocket() {
        return guestFiles().resolve("run/agent.sock");
    }

    Path qmpSocket() {
        return guestFiles().resolve("run/qmp.sock");
    }
}
