package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.GuestPaths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Mounted files as blobs of QEMU's firmware configuration device. QEMU reads each when it starts, so a guest sees what a file held then;
 * only names are on the command line, so no Secret is.
 */
final class FirmwareFiles {
    private static final String PREFIX = "opt/skete";
    /** QEMU's FW_CFG_MAX_FILE_PATH without the final NUL. */
    private static final int LONGEST_NAME = 55;
    /** What QEMU itself has room for unless told otherwise; it uses fewer than 20 for its own. */
    private static final int SLOTS = 32;

    private FirmwareFiles() {}

    static List<String> words(GuestLaunch launch) throws RefusedException {
        if (launch.files().size() > GuestLaunch.MOST_FILES) {
            throw refused(
                    ("its volumes hold more than %d files, and a guest is given one by one; mount fewer (items of a"
                                    + " configMap or secret)")
                            .formatted(GuestLaunch.MOST_FILES));
        }
        var words = new ArrayList<String>();
        var names = new HashSet<String>();
        for (var file : launch.files().stream().sorted().toList()) {
            var name = nameOf(file, launch);
            if (name.isEmpty()) {
                continue;
            }
            if (!names.add(name.get())) {
                throw refused("two files would be %s for the guest; mount one elsewhere".formatted(name.get()));
            }
            // A comma in a name must not start another option, which "name=" at the start would not survive.
            var blob = QemuOption.of("name=" + name.get()).with("file", GuestPaths.FILES + "/" + file);
            words.addAll(List.of("-fw_cfg", blob.toString()));
        }
        if (!names.isEmpty()) {
            // QEMU aborts when its slots do not suffice.
            words.addAll(List.of("-global", "fw_cfg_io.x-file-slots=" + (SLOTS + names.size())));
        }
        return words;
    }

    /** What the guest finds a file as; empty for one that is in no mount. */
    private static Optional<String> nameOf(String file, GuestLaunch launch) throws RefusedException {
        int slash = file.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        for (var mount : launch.plan().storage().mounts()) {
            if (mount.name().equals(file.substring(0, slash))) {
                return Optional.of(checked(PREFIX + mount.path() + file.substring(slash)));
            }
        }
        return Optional.empty();
    }

    private static String checked(String name) throws RefusedException {
        if (name.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw refused("the file %s has a name with more than printable ASCII; rename it".formatted(name));
        }
        if (name.length() > LONGEST_NAME) {
            throw refused(
                    "the file %s has a name of %d characters and the firmware's names have at most %d; shorten mountPath or the file's name"
                            .formatted(name, name.length(), LONGEST_NAME));
        }
        return name;
    }

    private static RefusedException refused(String text) {
        return new RefusedException(RefusalReason.BadFile, text);
    }
}
