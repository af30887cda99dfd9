package dev.skete.operator.unikernel.compile;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which of a container's variables hold something of a Secret, by the kubelet's rules: envFrom first, then env in its order, where a value
 * may quote what stands before it as {@code $(NAME)}.
 *
 * @param names those of env, directly or by quoting another
 * @param others every name of env that is no secret; it hides what envFrom has of that name
 * @param sources the Secrets of envFrom, whose keys nobody knows here
 */
record SecretVariables(Set<String> names, Set<String> others, List<EnvFromSource> sources) {
    /** As the kubelet reads it: two dollar signs are one, and quote nothing. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^)]*)\\)");

    static SecretVariables of(List<EnvVar> env, List<EnvFromSource> envFrom) {
        var sources = envFrom.stream().filter(s -> s.getSecretRef() != null).toList();
        var seen = new SecretVariables(new LinkedHashSet<>(), new HashSet<>(), sources);
        for (var variable : env) {
            (seen.isSecret(variable) ? seen.names : seen.others).add(variable.getName());
        }
        return seen;
    }

    /** All of them, for a person. */
    List<String> descriptions() {
        return Stream.concat(names.stream(), sources.stream().map(SecretVariables::keysOf))
                .toList();
    }

    /** The names in these texts that may be theirs. */
    List<String> referencedBy(List<String> texts) {
        return texts.stream()
                .flatMap(SecretVariables::references)
                .filter(this::mayBeSecret)
                .distinct()
                .toList();
    }

    private boolean isSecret(EnvVar variable) {
        var from = variable.getValueFrom();
        return (from != null && from.getSecretKeyRef() != null)
                || references(requireNonNullElse(variable.getValue(), "")).anyMatch(this::mayBeSecret);
    }

    private boolean mayBeSecret(String name) {
        return names.contains(name)
                || (!others.contains(name)
                        && sources.stream()
                                .anyMatch(source -> name.startsWith(requireNonNullElse(source.getPrefix(), ""))));
    }

    private static Stream<String> references(String text) {
        return REFERENCE
                .matcher(text)
                .results()
                .filter(found -> found.group(1) != null)
                .map((MatchResult found) -> found.group(1));
    }

    private static String keysOf(EnvFromSource source) {
        return "every key of Secret " + source.getSecretRef().getName();
    }
}
