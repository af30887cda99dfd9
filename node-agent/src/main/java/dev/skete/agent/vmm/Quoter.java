package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.Quoting;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Quotes one word so that the guest family's own splitter gives it back unchanged. */
final class Quoter {
    private static final Predicate<String> NEEDS_NO_QUOTES =
            Pattern.compile("[A-Za-z0-9_@%+=:,./-]+").asMatchPredicate();
    private static final Predicate<String> SURVIVES_SPLITTING_AT_SPACES =
            Pattern.compile("[^ \"']+").asMatchPredicate();

    private Quoter() {}

    static String quote(Quoting quoting, GuestWord word) throws RefusedException {
        return switch (quoting) {
            case Posix -> posix(word.text());
            case None -> unquoted(word);
        };
    }

    /** As a POSIX shell reads it: single quotes, and a single quote itself as {@code '"'"'}. */
    private static String posix(String word) {
        return NEEDS_NO_QUOTES.test(word) ? word : "'" + word.replace("'", "'\"'\"'") + "'";
    }

    private static String unquoted(GuestWord word) throws RefusedException {
        if (SURVIVES_SPLITTING_AT_SPACES.test(word.text())) {
            return word.text();
        }
        throw new RefusedException(
                RefusalReason.BadArgument,
                "%s is empty or holds a space or a quote, and this runtime's guests cannot read quoted words"
                        .formatted(word.origin()));
    }
}
