package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;

/**
 * One word for the guest, free of what no guest family's command line can carry.
 *
 * @param text printable ASCII
 * @param origin which argument or variable it came from, for a refusal's text
 */
record GuestWord(String text, String origin) {

    static GuestWord checked(String text, String origin) throws RefusedException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f) {
                throw new RefusedException(
                        RefusalReason.BadArgument,
                        "%s holds %s, which a guest's command line cannot carry; encode it (base64, for example)"
                                .formatted(origin, described(c)));
            }
        }
        return new GuestWord(text, origin);
    }

    private static String described(char c) {
        return switch (c) {
            case 0 -> "a NUL byte";
            case '\n' -> "a newline";
            default -> c < 0x80 ? "the control character 0x%02x".formatted((int) c) : "a character that is not ASCII";
        };
    }
}
