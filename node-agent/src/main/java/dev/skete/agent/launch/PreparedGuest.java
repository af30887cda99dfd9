package dev.skete.agent.launch;

import dev.skete.agent.net.WiredPod;
import dev.skete.agent.vmm.VmmCommand;

/** A guest whose network is wired and whose command is known; the launcher only has to start it. */
record PreparedGuest(WiredPod wired, VmmCommand command, GuestWatch watch) {}
