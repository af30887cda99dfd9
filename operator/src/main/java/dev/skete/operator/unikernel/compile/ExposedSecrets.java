package dev.skete.operator.unikernel.compile;

import static java.util.Objects.requireNonNullElse;

import dev.skete.api.Defaults;
import dev.skete.api.FileChannel;
import dev.skete.api.SecretsOnCommandLine;
import dev.skete.api.UnikernelRuntimeSpec;
import dev.skete.api.UnikernelSpec;
import java.util.List;
import java.util.Optional;

/** Variables from Secrets that would be on the VMM's command line: every process that sees the node's pids can read that. */
public final class ExposedSecrets {
    private ExposedSecrets() {}

    /** What would be exposed, with the remedy, as a sentence for a person; empty if nothing is, or the author allows it. */
    public static Optional<String> of(UnikernelSpec spec, UnikernelRuntimeSpec runtime) {
        var wanted = new Wanted(spec);
        var exposed = exposed(wanted, requireNonNullElse(runtime.commandLine(), List.of()));
        if (exposed.isEmpty() || wanted.secretsOnCommandLine() == SecretsOnCommandLine.Allowed) {
            return Optional.empty();
        }
        return Optional.of("UnikernelRuntime " + spec.runtime()
                + " puts variables and arguments on the virtual machine monitor's command line, which other processes of the node can read,"
                + " and these come from a Secret: " + String.join(", ", exposed) + ". " + remedy(runtime)
                + ", or accept it by spec.secretsOnCommandLine: Allowed.");
    }

    private static List<String> exposed(Wanted wanted, List<String> commandLine) {
        var secret = SecretVariables.of(wanted.env(), wanted.envFrom());
        if (commandLine.contains("${env}")) {
            return secret.descriptions();
        }
        return commandLine.contains("${args}") ? secret.referencedBy(wanted.args()) : List.of();
    }

    private static String remedy(UnikernelRuntimeSpec runtime) {
        return requireNonNullElse(runtime.files(), Defaults.FILES) == FileChannel.None
                ? "It has no way to bring files to its guests; use a runtime that has, with spec.volumeMounts"
                : "Mount the Secret by spec.volumeMounts";
    }
}
