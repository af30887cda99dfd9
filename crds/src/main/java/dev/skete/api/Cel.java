package dev.skete.api;

/** CEL that several fields share. Strings are Java's: each backslash for CEL is doubled once more for CEL's own string literals. */
final class Cel {
    /** Quantities are int-or-string; {@code string()} reads both. */
    static final String IS_QUANTITY = "isQuantity(string(self))";

    /** Holds for a text that is no quantity, so that only {@link #IS_QUANTITY} complains about it. */
    static final String IS_NOT_NEGATIVE =
            "!isQuantity(string(self)) || quantity(string(self)).compareTo(quantity('0')) >= 0";

    static final String ONE_ASCII_LINE = "self.matches('^[\\\\t -~]*$')";

    private Cel() {}
}
