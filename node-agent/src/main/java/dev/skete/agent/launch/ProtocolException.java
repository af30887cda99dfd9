package dev.skete.agent.launch;

import java.io.IOException;

/** The launcher sent what the launch protocol does not allow. */
final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message);
    }
}
