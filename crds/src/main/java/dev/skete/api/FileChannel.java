package dev.skete.api;

/** How files that a Unikernel mounts reach its guest. */
public enum FileChannel {
    /** Not at all: mounts are refused. */
    None,
    /** As blobs of QEMU's firmware configuration device, which a guest reads through I/O ports 0x510 and 0x511. */
    FwCfg,
    /** As a read-only share for each mount, tagged with the volume's name. */
    Virtio9p
}
