package dev.skete.helm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A helm command line: the part of the real command's grammar that our scripts use, with the same meaning.
 *
 * @param words the command and its operands, in order: {@code upgrade NAME CHART}
 * @param settings {@code --set} pairs, in order
 * @param timeout how long {@code --wait} waits
 */
record HelmArguments(
        List<String> words,
        Optional<String> namespace,
        Optional<Path> kubeconfig,
        Optional<Path> values,
        Map<String, String> settings,
        boolean install,
        boolean createNamespace,
        boolean waitReady,
        boolean ignoreNotFound,
        Duration timeout) {

    private static final Duration HELM_DEFAULT_TIMEOUT = Duration.ofMinutes(5);

    /** @throws IllegalArgumentException naming the argument that is unknown, incomplete or unreadable */
    static HelmArguments parse(List<String> arguments) {
        var parsed = new Parser(arguments);
        while (parsed.hasNext()) {
            parsed.readOne();
        }
        return parsed.result();
    }

    private static final class Parser {
        private final List<String> rest;
        private final List<String> words = new ArrayList<>();
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final Map<String, String> options = new LinkedHashMap<>();

        Parser(List<String> arguments) {
            rest = new ArrayList<>(arguments);
        }

        boolean hasNext() {
            return !rest.isEmpty();
        }

        void readOne() {
            var argument = rest.removeFirst();
            switch (argument) {
                case "-n", "--namespace" -> options.put("--namespace", operand(argument));
                case "-f", "--values" -> options.put("--values", operand(argument));
                case "--kubeconfig", "--timeout" -> options.put(argument, operand(argument));
                case "--set" -> set(operand(argument));
                case "-i", "--install" -> options.put("--install", "");
                case "--create-namespace", "--wait", "--ignore-not-found" -> options.put(argument, "");
                default -> word(argument);
            }
        }

        private void word(String argument) {
            if (argument.startsWith("-")) {
                throw new IllegalArgumentException("unknown option " + argument);
            }
            words.add(argument);
        }

        private String operand(String option) {
            if (rest.isEmpty()) {
                throw new IllegalArgumentException("option " + option + " needs a value");
            }
            return rest.removeFirst();
        }

        private void set(String pair) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("--set needs KEY=VALUE, not " + pair);
            }
            settings.put(pair.substring(0, equals), pair.substring(equals + 1));
        }

        HelmArguments result() {
            return new HelmArguments(
                    List.copyOf(words),
                    Optional.ofNullable(options.get("--namespace")),
                    Optional.ofNullable(options.get("--kubeconfig")).map(Path::of),
                    Optional.ofNullable(options.get("--values")).map(Path::of),
                    Map.copyOf(settings),
                    options.containsKey("--install"),
                    options.containsKey("--create-namespace"),
                    options.containsKey("--wait"),
                    options.containsKey("--ignore-not-found"),
                    Optional.ofNullable(options.get("--timeout"))
                            .map(text -> Duration.parse("PT" + text))
                            .orElse(HELM_DEFAULT_TIMEOUT));
        }
    }
}
