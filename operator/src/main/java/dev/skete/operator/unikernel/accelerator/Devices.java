package dev.skete.operator.unikernel.accelerator;

import dev.skete.api.Accelerator;

/** The extended resources that node agents offer, one per accelerator. */
public final class Devices {
    private Devices() {}

    /** The name of the resource a guest asks for to be executed by {@code accelerator}. */
    public static String of(Accelerator accelerator) {
        return switch (accelerator) {
            case KVM -> "skete.dev/kvm";
            case Emulation -> "skete.dev/tcg";
        };
    }
}
