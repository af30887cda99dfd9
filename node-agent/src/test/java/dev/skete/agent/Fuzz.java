package dev.skete.agent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Runs a check with many random inputs: a few in every build, {@code -Dskete.fuzz=1000000} for a campaign. Every input has a seed of its own,
 * which a failure names: {@code -Dskete.fuzz=1 -Dskete.fuzz.seed=N} repeats it.
 */
public final class Fuzz {
    public static final int INPUTS = Integer.getInteger("skete.fuzz", 3000);
    public static final long FIRST_SEED = Long.getLong("skete.fuzz.seed", 1);
    /** What parsers look for. */
    private static final String SPICE = "\0\n\r\t ,;:=/\\\"'`$(){}[]<>%.-#@*0123456789aeEpod\u00e9\ud83d\uffff";

    private Fuzz() {}

    /** One input; may throw whatever a test may. */
    @FunctionalInterface
    public interface Check {
        void with(SplittableRandom random) throws Exception;
    }

    public static void each(Check check) {
        long begin = System.nanoTime();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + INPUTS; seed++) {
            try {
                check.with(new SplittableRandom(seed));
            } catch (Exception | AssertionError | StackOverflowError e) {
                throw new AssertionError("with -Dskete.fuzz=1 -Dskete.fuzz.seed=" + seed, e);
            }
        }
        if (INPUTS >= 1_000_000) {
            System.out.printf("fuzz: %d inputs in %d s%n", INPUTS, (System.nanoTime() - begin) / 1_000_000_000);
        }
    }

    public static byte[] bytes(SplittableRandom random, int most) {
        var bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Text full of what has a meaning somewhere. */
    public static String text(SplittableRandom random, int most) {
        var text = new StringBuilder();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            text.append(
                    random.nextInt(4) == 0
                            ? (char) random.nextInt(0x10000)
                            : SPICE.charAt(random.nextInt(SPICE.length())));
        }
        return text.toString();
    }

    /** A well-formed input with a few bytes changed, cut out, repeated or put in from elsewhere. */
    public static byte[] mutated(SplittableRandom random, byte[] original, String... words) {
        var bytes = original.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int from = random.nextInt(bytes.length + 1);
            int to = Math.min(bytes.length, from + random.nextInt(12));
            bytes = joined(bytes, from, filling(random, bytes, words), random.nextInt(3) == 0 ? from : to);
        }
        return bytes;
    }

    private static byte[] filling(SplittableRandom random, byte[] bytes, String... words) {
        return switch (random.nextInt(4)) {
            case 0 -> new byte[0];
            case 1 -> bytes(random, 8);
            case 2 -> text(random, 8).getBytes(StandardCharsets.UTF_8);
            default ->
                words.length == 0
                        ? Arrays.copyOf(bytes, Math.min(bytes.length, 16))
                        : words[random.nextInt(words.length)].getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
        var joined = new byte[head + middle.length + bytes.length - tail];
        System.arraycopy(bytes, 0, joined, 0, head);
        System.arraycopy(middle, 0, joined, head, middle.length);
        System.arraycopy(bytes, tail, joined, head + middle.length, bytes.length - tail);
        return joined;
    }
}
