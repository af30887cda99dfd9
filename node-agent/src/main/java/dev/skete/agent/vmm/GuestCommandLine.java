package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.LaunchPlan;
import java.util.ArrayList;
import java.util.List;

/** Fills a runtime's command line templates: each template becomes words, each word is quoted as the guest family reads it. */
final class GuestCommandLine {
    /** Well below Linux's limit of 128 KiB for one argument, and far above what any guest's boot protocol carries. */
    static final int MAX_LENGTH = 64 * 1024;

    private GuestCommandLine() {}

    static String of(GuestLaunch launch) throws RefusedException {
        return String.join(" ", quoted(launch));
    }

    /** The words one by one, each quoted: for a VMM that joins them with spaces itself. */
    static List<String> quoted(GuestLaunch launch) throws RefusedException {
        var quoted = new ArrayList<String>();
        for (var word : words(launch)) {
            quoted.add(Quoter.quote(launch.plan().quoting(), word));
        }
        var line = String.join(" ", quoted);
        if (line.length() > MAX_LENGTH) {
            throw new RefusedException(
                    RefusalReason.BadArgument,
                    "arguments and environment make a guest command line of %d bytes; the limit is %d"
                            .formatted(line.length(), MAX_LENGTH));
        }
        return quoted;
    }

    private static List<GuestWord> words(GuestLaunch launch) throws RefusedException {
        var words = new ArrayList<GuestWord>();
        for (var template : launch.plan().commandLine()) {
            switch (template) {
                case "${args}" -> words.addAll(arguments(launch.arguments()));
                case "${env}" -> words.addAll(variables(launch));
                case "${mounts}" -> words.addAll(mounts(launch.plan().storage()));
                default ->
                    words.add(GuestWord.checked(Placeholder.fill(template, launch), "command line word " + template));
            }
        }
        return words;
    }

    private static List<GuestWord> arguments(List<String> arguments) throws RefusedException {
        var words = new ArrayList<GuestWord>();
        for (int i = 0; i < arguments.size(); i++) {
            words.add(GuestWord.argument(arguments.get(i), i + 1));
        }
        return words;
    }

    /** Neither part can hold what looks like the other's placeholder. */
    private static List<GuestWord> mounts(LaunchPlan.Storage storage) throws RefusedException {
        var words = new ArrayList<GuestWord>();
        for (var mount : storage.mounts()) {
            var word = storage.mountFormat().replace("${tag}", mount.name()).replace("${path}", mount.path());
            words.add(GuestWord.checked(word, "mount of " + mount.name()));
        }
        return words;
    }

    private static List<GuestWord> variables(GuestLaunch launch) throws RefusedException {
        var words = new ArrayList<GuestWord>();
        for (var variable : launch.environment().entrySet()) {
            // The value goes in last: what looks like a placeholder inside it stays as it is.
            int at = launch.plan().envFormat().indexOf("${value}");
            var format = launch.plan().envFormat();
            var word = at < 0
                    ? format.replace("${name}", variable.getKey())
                    : format.substring(0, at).replace("${name}", variable.getKey())
                            + variable.getValue()
                            + format.substring(at + "${value}".length()).replace("${name}", variable.getKey());
            words.add(GuestWord.checked(word, "variable " + variable.getKey()));
        }
        return words;
    }
}
