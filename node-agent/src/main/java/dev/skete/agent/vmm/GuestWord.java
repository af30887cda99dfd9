package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;

/**
 * One word for the guest, free of what no guest family's command line can carry.
 *
 * @param text printable ASCII
 * @param origin which argument or variable it came from, for a refusal's text
 * @param reader who reads it: several families have other rules for what they leave to the application
 */
record GuestWord(String text, String origin, Reader reader) {
    enum Reader {
        KERNEL,
        APPLICATION
    }

    /** A word of the runtime, a variable or a mount. */
    static GuestWord checked(String text, String origin) throws RefusedException {
        return new GuestWord(printable(text, origin), origin, Reader.KERNEL);
    }

    /** The user's argument of that number, counted from 1. */
    static GuestWord argument(String text, int number) throws RefusedException {
        var origin = "argument " + number;
        return new GuestWord(printable(text, origin), origin, Reader.APPLICATION);
    }

    RefusedException refused(String why) {
        return new RefusedException(RefusalReason.BadArgument, origin + " " + why);
    }

    private static String printable(String text, String origin) throws RefusedException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f) {
                throw new RefusedException(
                        RefusalReason.BadArgument,
                        "%s holds %s, which a guest's command line cannot carry; encode it (base64, for example)"
                                .formatted(origin, described(c)));
            }
        }
        return text;
    }

    private static String described(char c) {
        return switch (c) {
            case 0 -> "a NUL byte";
            case '\n' -> "a newline";
            default -> c < 0x80 ? "the control character 0x%02x".formatted((int) c) : "a character that is not ASCII";
        };
    }
}
