package dev.skete.api;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** CEL that several fields share. Strings are Java's: each backslash for CEL is doubled once more for CEL's own string literals. */
final class Cel {
    /** Quantities are int-or-string; {@code string()} reads both. */
    static final String IS_QUANTITY = "isQuantity(string(self))";

    /** Holds for a text that is no quantity, so that only {@link #IS_QUANTITY} complains about it. */
    static final String IS_NOT_NEGATIVE =
            "!isQuantity(string(self)) || quantity(string(self)).compareTo(quantity('0')) >= 0";

    static final String ONE_ASCII_LINE = "self.matches('^[\\\\t -~]*$')";

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    private Cel() {}

    /** The members of a list of texts. */
    static Set<String> words(String list) {
        return QUOTED.matcher(list).results().map(word -> word.group(1)).collect(Collectors.toUnmodifiableSet());
    }
}
