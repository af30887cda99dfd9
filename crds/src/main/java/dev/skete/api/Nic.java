package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The guest's network device. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Nic(
        @JsonPropertyDescription(
                "QEMU's network device: virtio-net-device for microvm, virtio-net-pci for machines with PCI.")
        @Required
        NicModel model,

        @JsonPropertyDescription(
                "Options of the device: features that the family's driver must or must not see, such as disable-legacy or mrg_rxbuf; each on, off or auto.")
        @ValidationRule(
                value = "self.all(k, k in " + Nic.OPTIONS + ")",
                message =
                        "nic.options has an unknown key; there are any_layout, csum, ctrl_guest_offloads, ctrl_mac_addr, ctrl_rx, ctrl_vlan, ctrl_vq,"
                                + " disable-legacy, disable-modern, event_idx, gso, guest_announce, guest_csum, guest_ecn, guest_tso4, guest_tso6, guest_ufo, host_ecn,"
                                + " host_tso4, host_tso6, host_ufo, indirect_desc, mrg_rxbuf, packed and status")
        @Size(max = 32) @Nullable Map<String, @Pattern("^(on|off|auto)$") String> options,

        @JsonPropertyDescription(
                "Whether frames between host and guest carry virtio headers, that is, checksum and segmentation offload. Disabled for families whose driver cannot.")
        @Default("Enabled")
        @Nullable VnetHeader vnetHeader) {

    /** The options that there are. */
    public static final Set<String> OPTION_NAMES = Cel.words(Nic.OPTIONS);

    static final String OPTIONS =
            "['any_layout', 'csum', 'ctrl_guest_offloads', 'ctrl_mac_addr', 'ctrl_rx', 'ctrl_vlan', 'ctrl_vq',"
                    + " 'disable-legacy', 'disable-modern', 'event_idx', 'gso', 'guest_announce', 'guest_csum', 'guest_ecn', 'guest_tso4', 'guest_tso6',"
                    + " 'guest_ufo', 'host_ecn', 'host_tso4', 'host_tso6', 'host_ufo', 'indirect_desc', 'mrg_rxbuf', 'packed', 'status']";
}
