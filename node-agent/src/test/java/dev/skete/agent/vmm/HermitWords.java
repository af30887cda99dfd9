package dev.skete.agent.vmm;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What hermit-kernel 0.11.0 makes of its command line: {@code Cli::default} in its src/env.rs, behind {@code split} of the crate shell-words
 * 1.1.1. Written after those sources and not after our quoter.
 *
 * @param variables the guest's environment, {@code HERMIT_IP} and its like included
 * @param arguments the application's, without its name
 * @param ignored words that the kernel complains about on its console, and drops
 */
record HermitWords(Map<String, String> variables, List<String> arguments, List<String> ignored) {
    private static final Map<String, String> OPTIONS =
            Map.of("-ip", "HERMIT_IP", "-mask", "HERMIT_MASK", "-gateway", "HERMIT_GATEWAY", "-mount", "UHYVE_MOUNT");

    /** The line as the guest gets it; QEMU's multiboot puts the kernel's path before what it was given to append. */
    static HermitWords of(String appended) {
        var read = new HermitWords(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        var words = split("/hermit/loader " + appended).iterator();
        words.next();
        while (words.hasNext()) {
            read.take(words.next(), words);
        }
        return read;
    }

    private void take(String word, Iterator<String> rest) {
        if (word.startsWith("virtio_mmio.device=")) {
            ignored.add(word);
        } else if (OPTIONS.containsKey(word)) {
            variables.put(OPTIONS.get(word), rest.next());
        } else if (word.equals("-freq")) {
            Integer.parseInt(rest.next());
        } else if (word.equals("--")) {
            rest.forEachRemaining(arguments::add);
        } else if (word.matches("(?s)env=[^=]*=.*")) {
            int value = word.indexOf('=', 4);
            variables.put(word.substring(4, value), word.substring(value + 1));
        } else {
            ignored.add(word);
        }
    }

    private enum State {
        DELIMITER,
        BACKSLASH,
        UNQUOTED,
        UNQUOTED_BACKSLASH,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        DOUBLE_QUOTED_BACKSLASH,
        COMMENT
    }

    /** State by state as the crate does; where it returns an error the kernel panics, and so does this. */
    static List<String> split(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var state = State.DELIMITER;
        for (char c : line.toCharArray()) {
            var next = next(state, c);
            if (state == State.UNQUOTED && next == State.DELIMITER) {
                words.add(word.toString());
                word.setLength(0);
            } else if (isPart(state, next)) {
                boolean keptBackslash = state == State.DOUBLE_QUOTED_BACKSLASH && "$`\"\\".indexOf(c) < 0;
                word.append(keptBackslash ? "\\" : "").append(c);
            }
            state = next;
        }
        switch (state) {
            case SINGLE_QUOTED, DOUBLE_QUOTED, DOUBLE_QUOTED_BACKSLASH ->
                throw new AssertionError("the kernel panics, a quote is missing: " + line);
            case BACKSLASH, UNQUOTED_BACKSLASH -> words.add(word.append('\\').toString());
            case UNQUOTED -> words.add(word.toString());
            case DELIMITER, COMMENT -> {}
        }
        return words;
    }

    private static State next(State state, char c) {
        return switch (state) {
            case DELIMITER ->
                switch (c) {
                    case '\'' -> State.SINGLE_QUOTED;
                    case '"' -> State.DOUBLE_QUOTED;
                    case '\\' -> State.BACKSLASH;
                    case '\t', ' ', '\n' -> State.DELIMITER;
                    case '#' -> State.COMMENT;
                    default -> State.UNQUOTED;
                };
            case UNQUOTED ->
                switch (c) {
                    case '\'' -> State.SINGLE_QUOTED;
                    case '"' -> State.DOUBLE_QUOTED;
                    case '\\' -> State.UNQUOTED_BACKSLASH;
                    case '\t', ' ', '\n' -> State.DELIMITER;
                    default -> State.UNQUOTED;
                };
            case BACKSLASH -> c == '\n' ? State.DELIMITER : State.UNQUOTED;
            case UNQUOTED_BACKSLASH -> State.UNQUOTED;
            case SINGLE_QUOTED -> c == '\'' ? State.UNQUOTED : State.SINGLE_QUOTED;
            case DOUBLE_QUOTED ->
                switch (c) {
                    case '"' -> State.UNQUOTED;
                    case '\\' -> State.DOUBLE_QUOTED_BACKSLASH;
                    default -> State.DOUBLE_QUOTED;
                };
            case DOUBLE_QUOTED_BACKSLASH -> State.DOUBLE_QUOTED;
            case COMMENT -> c == '\n' ? State.DELIMITER : State.COMMENT;
        };
    }

    /** Whether the character that led from one state to the other belongs to the word; a line break behind a backslash does not come here. */
    private static boolean isPart(State from, State to) {
        return switch (from) {
            case DELIMITER, UNQUOTED -> to == State.UNQUOTED;
            case BACKSLASH, UNQUOTED_BACKSLASH, DOUBLE_QUOTED_BACKSLASH -> true;
            case SINGLE_QUOTED -> to == State.SINGLE_QUOTED;
            case DOUBLE_QUOTED -> to == State.DOUBLE_QUOTED;
            case COMMENT -> false;
        };
    }
}
