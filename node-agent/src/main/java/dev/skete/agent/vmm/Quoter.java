package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusedException;
import dev.skete.agent.vmm.GuestWord.Reader;
import dev.skete.api.Quoting;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Quotes one word so that the guest family's own splitter gives it back unchanged, or says why it cannot. */
final class Quoter {
    private static final Predicate<String> NEEDS_NO_QUOTES =
            Pattern.compile("[A-Za-z0-9_@%+=:,./-]+").asMatchPredicate();
    private static final Predicate<String> SURVIVES_SPLITTING_AT_SPACES =
            Pattern.compile("[^ \"']+").asMatchPredicate();

    private Quoter() {}

    static String quote(Quoting quoting, GuestWord word) throws RefusedException {
        return switch (quoting) {
            case Posix -> posix(word.text());
            case Quotes -> quotes(word);
            case Linux -> linux(word);
            case Osv -> word.reader() == Reader.KERNEL ? osvOption(word.text()) : osvArgument(word);
            case None -> unquoted(word);
        };
    }

    /** As a POSIX shell reads it: single quotes, and a single quote itself as {@code '"'"'}. */
    private static String posix(String word) {
        return NEEDS_NO_QUOTES.test(word) ? word : "'" + word.replace("'", "'\"'\"'") + "'";
    }

    /**
     * For readers that take quotes away as a shell does, but find a word only by its first character that is neither a quote nor a space
     * (Unikraft's lib/ukargparse), or throw empty words away (MirageOS's parse-argv).
     */
    private static String quotes(GuestWord word) throws RefusedException {
        if (word.text().isEmpty() || word.text().startsWith(" ")) {
            throw word.refused("is empty or begins with a space, and this runtime's guests lose such words and spaces;"
                    + " encode it (base64, for example)");
        }
        return posix(word.text());
    }

    /**
     * As Linux reads it (6.1: next_arg in lib/cmdline.c, parse_args in kernel/params.c). It looks for {@code --} after it took the quotes
     * away, and reads nothing after the second one.
     */
    private static String linux(GuestWord word) throws RefusedException {
        if (word.text().contains("\"")) {
            throw word.refused(
                    "holds a double quote, which a Linux command line cannot carry; encode it (base64, for example)");
        }
        if (word.text().equals("--") && word.reader() == Reader.APPLICATION) {
            throw word.refused("is --, and a Linux kernel drops what follows it; leave it out");
        }
        return NEEDS_NO_QUOTES.test(word.text()) ? word.text() : "\"" + word.text() + "\"";
    }

    /** As OSv's loader_parse_cmdline reads its own options (core/commands.cc): a backslash before a space, and no quotes. */
    private static String osvOption(String word) {
        return word.replace("\\", "\\\\").replace(" ", "\\ ");
    }

    /** As OSv's parse_command_line reads the application's words: double quotes with escapes; a dollar sign starts a variable even there. */
    private static String osvArgument(GuestWord word) throws RefusedException {
        if (word.text().contains("$")) {
            throw word.refused(
                    "holds a dollar sign, behind which OSv puts a variable's value; encode it (base64, for example)");
        }
        return NEEDS_NO_QUOTES.test(word.text())
                ? word.text()
                : "\"" + word.text().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String unquoted(GuestWord word) throws RefusedException {
        if (SURVIVES_SPLITTING_AT_SPACES.test(word.text())) {
            return word.text();
        }
        throw word.refused("is empty or holds a space or a quote, and this runtime's guests cannot read quoted words");
    }
}
