package dev.skete.api;

/** What executes the guest's instructions. */
public enum Accelerator {
    KVM("skete.dev/kvm"),
    Emulation("skete.dev/tcg");

    private final String resource;

    Accelerator(String resource) {
        this.resource = resource;
    }

    /** The extended resource that nodes offer and guest pods ask for, one per guest. */
    public String resource() {
        return resource;
    }
}
