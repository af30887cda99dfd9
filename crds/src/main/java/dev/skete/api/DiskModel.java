package dev.skete.api;

/** What a family's guests can drive as a disk. */
public enum DiskModel {
    /** Nothing: volume devices are refused. */
    None,
    /** virtio-blk, on the bus the machine has. */
    VirtioBlk
}
