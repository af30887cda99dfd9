package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Network devices Skete offers, by QEMU's names. */
public enum NicModel {
    /** virtio over MMIO, for microvm. */
    @JsonProperty("virtio-net-device")
    VIRTIO_NET_DEVICE,
    /** virtio over PCI, for q35 and pc. */
    @JsonProperty("virtio-net-pci")
    VIRTIO_NET_PCI
}
