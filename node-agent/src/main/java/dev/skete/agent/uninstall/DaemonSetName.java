package dev.skete.agent.uninstall;

/** Names a DaemonSet. */
public record DaemonSetName(String namespace, String name) {}
