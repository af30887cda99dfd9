package dev.skete.operator.unikernel.compile;

import dev.skete.api.Boot;
import dev.skete.api.BootOverride;
import org.jspecify.annotations.Nullable;

/** Where the files to boot are in one Unikernel's image. */
final class BootPlaces {
    private BootPlaces() {}

    /** The runtime's places, each replaced by the Unikernel's own if it has one. A kernel replaces a disk, and a disk a kernel. */
    static Boot of(@Nullable BootOverride own, Boot runtimes) {
        if (own == null) {
            return runtimes;
        }
        if (own.disk() != null) {
            return new Boot(null, own.initrd(), own.disk());
        }
        var initrd = own.initrd() == null ? runtimes.initrd() : own.initrd();
        return own.kernel() == null
                ? new Boot(runtimes.kernel(), initrd, runtimes.disk())
                : new Boot(own.kernel(), initrd, null);
    }
}
