package dev.skete.agent.uninstall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which installation the files on a node are of. The init containers of an agent's pod write another mark before anything else
 * ({@code vmm/install-packs}), so one that changed while an agent ran tells it that a successor is there, or on its way.
 */
record InstallationMark(String text) {
    private static final String FILE = "guest/vmm/.installation";

    /** The mark below the agent's root; where there is none, an empty one. */
    static InstallationMark read(Path root) {
        try {
            return new InstallationMark(Files.readString(root.resolve(FILE)).strip());
        } catch (IOException e) {
            return new InstallationMark("");
        }
    }
}
