package dev.skete.agent.launch;

import dev.skete.agent.net.WiredPod;

/** A guest that ran before this agent did, and whose network it has taken over. */
record AdoptedGuest(WiredPod wired, GuestWatch watch) {}
