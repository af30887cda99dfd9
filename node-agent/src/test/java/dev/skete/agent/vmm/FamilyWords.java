package dev.skete.agent.vmm;

import java.util.ArrayList;
import java.util.List;

/**
 * How guest families split a command line, written after their sources. They are worse at it than a shell, which is why they are here:
 * a word that does not come out as it went in must have been refused.
 */
final class FamilyWords {
    private FamilyWords() {}

    /** Linux 6.1, next_arg and parse_args: a quote anywhere toggles; one at a word's ends is taken away; nothing is read after {@code --}. */
    static List<String> linux(String line) {
        var words = new ArrayList<String>();
        int at = 0;
        while (at < line.length()) {
            if (line.charAt(at) == ' ') {
                at++;
                continue;
            }
            boolean inQuotes = false;
            int end = at;
            for (; end < line.length() && (inQuotes || line.charAt(end) != ' '); end++) {
                inQuotes ^= line.charAt(end) == '"';
            }
            var word = linuxUnquoted(line.substring(at, end));
            if (word.equals("--")) {
                return words;
            }
            words.add(word);
            at = end + 1;
        }
        return words;
    }

    private static String linuxUnquoted(String word) {
        if (!word.startsWith("\"")) {
            return word;
        }
        return word.endsWith("\"") ? word.substring(1, Math.max(1, word.length() - 1)) : word.substring(1);
    }

    /** Unikraft 0.16, uk_argnparse: quotes vanish, and a word starts at its first character that is neither a quote nor a space. */
    static List<String> unikraft(String line) {
        var words = new ArrayList<String>();
        StringBuilder word = null;
        char quote = 0;
        for (char c : line.toCharArray()) {
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (c == ' ' && quote == 0) {
                word = null;
            } else if (word != null) {
                word.append(c);
                words.set(words.size() - 1, word.toString());
            } else if (c != ' ') {
                word = new StringBuilder().append(c);
                words.add(word.toString());
            }
        }
        return words;
    }

    /** MirageOS' parse-argv: as a shell with single and double quotes, a backslash escapes outside single ones; empty words are dropped. */
    static List<String> mirage(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'') {
                word.append(line.charAt(++i));
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (quote == 0 && c == ' ') {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        words.removeIf(String::isEmpty);
        return words;
    }

    /** OSv's parse_command_line: double quotes with backslash escapes, and a dollar sign cuts a word short. */
    static List<String> osvArguments(String line) {
        var words = new ArrayList<String>();
        int at = 0;
        while (at < line.length()) {
            boolean quoted = line.charAt(at) == '"';
            var word = new StringBuilder();
            at += quoted ? 1 : 0;
            for (; at < line.length() && line.charAt(at) != (quoted ? '"' : ' '); at++) {
                if (!quoted && ";&!".indexOf(line.charAt(at)) >= 0) {
                    throw new AssertionError("another command begins in " + line);
                }
                at += line.charAt(at) == '\\' ? 1 : 0;
                word.append(line.charAt(at));
            }
            words.add(word.indexOf("$") < 0 ? word.toString() : word.substring(0, word.indexOf("$")));
            at += quoted ? 2 : 1;
        }
        return words;
    }
}
