package dev.skete.agent.device;

/** The extended resources of a node that runs guests. A guest asks for one of either. */
public enum GuestResource {
    KVM("skete.dev/kvm"),
    EMULATION("skete.dev/tcg");

    private final String resourceName;

    GuestResource(String resourceName) {
        this.resourceName = resourceName;
    }

    public String resourceName() {
        return resourceName;
    }

    /** The socket's file name in the kubelet's plugin directory. */
    String endpoint() {
        return resourceName.replace('/', '-').replace('.', '-') + ".sock";
    }
}
