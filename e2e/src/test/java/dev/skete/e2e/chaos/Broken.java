package dev.skete.e2e.chaos;

import java.util.List;

/** Something that must be true is not; the message has what is needed to see it again. */
final class Broken extends AssertionError {
    private static final long serialVersionUID = 1;

    Broken(long seed, List<Step> history, String why, List<String> broken) {
        super("""
                %s
                  %s
                After these steps of SEED=%d, the last of which has it:
                  %s""".formatted(
                        why,
                        String.join("\n  ", broken),
                        seed,
                        String.join("\n  ", history.stream().map(Step::toString).toList())));
    }
}
