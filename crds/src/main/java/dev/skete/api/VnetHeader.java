package dev.skete.api;

/** Whether the tap carries virtio-net headers, that is, checksum and segmentation offload. */
public enum VnetHeader {
    Enabled,
    Disabled
}
