package dev.skete.agent.net;

import dev.skete.agent.linux.Libc;
import java.util.OptionalInt;

/** The agent's own descriptor of a pod's tap, if it keeps one, until it is closed. For one thread at a time. */
final class OpenTap implements AutoCloseable {
    private OptionalInt descriptor;

    OpenTap(OptionalInt descriptor) {
        this.descriptor = descriptor;
    }

    OptionalInt descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        descriptor.ifPresent(Libc::close);
        descriptor = OptionalInt.empty();
    }
}
