package dev.skete.agent.launch;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.agent.vmm.PackKind;
import dev.skete.agent.vmm.VmmPack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The VMM packs on this node. An init container puts them there; the file {@code KIND.current} names the one that new guests use. */
public final class PackDirectory {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private final Path directory;

    public PackDirectory(Path directory) {
        this.directory = directory;
    }

    /** The pack in use, by its path on the node itself, if one is installed. */
    public Optional<VmmPack> onNode(PackKind kind) {
        return current(kind)
                .map(name -> new VmmPack(kind, directory.resolve(name).toString()));
    }

    /**
     * The first of these kinds that is installed, as guests see it.
     *
     * @throws RefusedException if none is
     */
    VmmPack firstInstalled(List<PackKind> kinds) throws RefusedException {
        for (var kind : kinds) {
            var name = current(kind);
            if (name.isPresent()) {
                return VmmPack.inGuest(kind, name.get());
            }
        }
        var missing = kinds.getLast();
        throw new RefusedException(
                RefusalReason.NoVmmPack,
                "this node has no VMM pack %s under %s; %s"
                        .formatted(missing.directoryPrefix(), directory, missing.remedy()));
    }

    private Optional<String> current(PackKind kind) {
        try {
            var name = Files.readString(directory.resolve(kind.directoryPrefix() + ".current"))
                    .strip();
            return NAME.matcher(name).matches() && Files.isDirectory(directory.resolve(name))
                    ? Optional.of(name)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
