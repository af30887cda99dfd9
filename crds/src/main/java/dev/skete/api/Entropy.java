package dev.skete.api;

/** Where a guest gets randomness from, beside what its CPU gives it. */
public enum Entropy {
    None,
    /** A virtio-rng device that is fed from the node's random number generator. */
    VirtioRng
}
