package dev.skete.api;

/** CEL that several fields share. Strings are Java's: each backslash for CEL is doubled once more for CEL's own string literals. */
final class Cel {
    /** Quantities are int-or-string; {@code string()} reads both. */
    static final String IS_QUANTITY = "isQuantity(string(self))";

    /** Holds for a text that is no quantity, so that only {@link #IS_QUANTITY} complains about it. */
    static final String IS_NOT_NEGATIVE =
            "!isQuantity(string(self)) || quantity(string(self)).compareTo(quantity('0')) >= 0";

    static final String ONE_ASCII_LINE = "self.matches('^[\\\\t -~]*$')";

    static final String NO_EXEC = "!has(self.exec)";
    static final String NO_EXEC_MESSAGE =
            "exec probes cannot run in a guest: there is no process to start; use httpGet, tcpSocket or grpc";
    static final String ONE_HANDLER =
            "has(self.exec) || [has(self.httpGet), has(self.tcpSocket), has(self.grpc)].exists_one(x, x)";
    static final String ONE_HANDLER_MESSAGE = "a probe needs exactly one of httpGet, tcpSocket or grpc";

    private Cel() {}
}
