package dev.skete.agent.vmm;

/** A pod's name, as the guest may be told it. */
public record PodName(String namespace, String name) {}
