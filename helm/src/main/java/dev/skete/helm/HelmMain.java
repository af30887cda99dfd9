package dev.skete.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A helm for machines that have none: {@code build/helm} runs it there. Like the real command it takes the cluster from {@code KUBECONFIG}
 * unless told otherwise.
 */
public final class HelmMain {
    private static final String USAGE = """
            usage: helm upgrade [--install] NAME CHART | install NAME CHART | template NAME CHART | uninstall NAME
                   [-n NAMESPACE] [--create-namespace] [--kubeconfig FILE] [-f VALUES] [--set KEY=VALUE]...
                   [--wait] [--timeout 5m] [--ignore-not-found]""";

    /** Helm as a library takes itself to be talking to Kubernetes 1.20 when it renders without a cluster. */
    static final String RENDERED_FOR = "1.34.0";

    private HelmMain() {}

    /** Ends with status 1, and Helm's own words, when Helm refuses; with 2 and the usage when the arguments are wrong. */
    public static void main(String[] arguments) {
        try {
            System.out.println(run(HelmArguments.parse(List.of(arguments))));
        } catch (IllegalArgumentException e) {
            System.err.println("helm: " + e.getMessage() + "\n" + USAGE);
            System.exit(2);
        } catch (IllegalStateException e) {
            System.err.println("helm: " + e.getMessage());
            System.exit(1);
        }
    }

    private static String run(HelmArguments arguments) {
        var words = arguments.words();
        var command = words.isEmpty() ? "" : words.getFirst();
        return switch (command) {
            case "upgrade" -> upgrade(arguments, operand(arguments, 1), chart(arguments));
            case "install" -> install(arguments, operand(arguments, 1), chart(arguments));
            case "template" -> template(arguments, operand(arguments, 1), chart(arguments));
            case "uninstall" -> uninstall(arguments, operand(arguments, 1));
            default -> throw new IllegalArgumentException("unknown command '" + command + "'");
        };
    }

    private static String upgrade(HelmArguments arguments, String name, Path chart) {
        var command = new Helm(chart).upgrade().withName(name).withTimeout(seconds(arguments.timeout()));
        arguments.namespace().ifPresent(command::withNamespace);
        arguments.kubeconfig().ifPresent(command::withKubeConfig);
        arguments.values().ifPresent(command::withValuesFile);
        arguments.settings().forEach(command::set);
        if (arguments.install()) {
            command.install();
        }
        if (arguments.createNamespace()) {
            command.createNamespace();
        }
        if (arguments.waitReady()) {
            command.waitReady();
        }
        return describe(command.call());
    }

    private static String install(HelmArguments arguments, String name, Path chart) {
        var command = new Helm(chart).install().withName(name).withTimeout(seconds(arguments.timeout()));
        arguments.namespace().ifPresent(command::withNamespace);
        arguments.kubeconfig().ifPresent(command::withKubeConfig);
        arguments.values().ifPresent(command::withValuesFile);
        arguments.settings().forEach(command::set);
        if (arguments.createNamespace()) {
            command.createNamespace();
        }
        if (arguments.waitReady()) {
            command.waitReady();
        }
        return describe(command.call());
    }

    private static String template(HelmArguments arguments, String name, Path chart) {
        var command = new Helm(chart).template().withName(name).withKubeVersion(RENDERED_FOR);
        arguments.namespace().ifPresent(command::withNamespace);
        arguments.values().ifPresent(command::withValuesFile);
        arguments.settings().forEach(command::set);
        return command.call();
    }

    private static String uninstall(HelmArguments arguments, String name) {
        var command = Helm.uninstall(name);
        arguments.namespace().ifPresent(command::withNamespace);
        arguments.kubeconfig().ifPresent(command::withKubeConfig);
        if (arguments.ignoreNotFound()) {
            command.ignoreNotFound();
        }
        return command.call();
    }

    private static Path chart(HelmArguments arguments) {
        return Path.of(operand(arguments, 2)).toAbsolutePath();
    }

    private static String operand(HelmArguments arguments, int index) {
        if (arguments.words().size() <= index) {
            throw new IllegalArgumentException("too few operands");
        }
        return arguments.words().get(index);
    }

    private static int seconds(Duration timeout) {
        return Math.toIntExact(timeout.toSeconds());
    }

    private static String describe(Release release) {
        return "NAME: %s\nNAMESPACE: %s\nSTATUS: %s\nREVISION: %s"
                .formatted(release.getName(), release.getNamespace(), release.getStatus(), release.getRevision());
    }
}
