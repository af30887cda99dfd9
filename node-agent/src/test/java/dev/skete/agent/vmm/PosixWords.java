package dev.skete.agent.vmm;

import java.util.ArrayList;
import java.util.List;

/** Splits a line as shlex and a POSIX shell do (XCU 2.2), written from that text and not from our quoter. */
final class PosixWords {
    private PosixWords() {}

    static List<String> split(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (c) {
                case '\'' -> {
                    int end = line.indexOf('\'', i + 1);
                    word.append(line, i + 1, end);
                    i = end;
                    inWord = true;
                }
                case '"' -> {
                    i = doubleQuoted(line, i + 1, word);
                    inWord = true;
                }
                case '\\' -> {
                    word.append(line.charAt(++i));
                    inWord = true;
                }
                case ' ', '\t', '\n' -> {
                    if (inWord) {
                        words.add(word.toString());
                        word.setLength(0);
                        inWord = false;
                    }
                }
                default -> {
                    if (c == '#' && !inWord) {
                        throw new IllegalArgumentException("a comment starts here: " + line.substring(i));
                    }
                    word.append(c);
                    inWord = true;
                }
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    private static int doubleQuoted(String line, int from, StringBuilder word) {
        int i = from;
        for (; line.charAt(i) != '"'; i++) {
            boolean escape = line.charAt(i) == '\\' && "$`\"\\".indexOf(line.charAt(i + 1)) >= 0;
            word.append(line.charAt(escape ? ++i : i));
        }
        return i;
    }
}
