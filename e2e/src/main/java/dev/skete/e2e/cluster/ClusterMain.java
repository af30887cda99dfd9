package dev.skete.e2e.cluster;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the Makefile calls: {@code up} prints the kubeconfig's path, {@code load ARCHIVE…}, {@code down}, {@code describe}. */
public final class ClusterMain {
    private ClusterMain() {}

    public static void main(String[] arguments) {
        Cluster cluster = Clusters.forThisMachine(Path.of("").toAbsolutePath(), System.getenv());
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "up" -> System.out.println(cluster.up());
            case "load" -> cluster.load(archives(arguments));
            case "down" -> cluster.down();
            case "describe" -> System.out.println(cluster.description());
            default -> {
                System.err.println("usage: up | load ARCHIVE... | down | describe");
                System.exit(2);
            }
        }
    }

    private static List<Path> archives(String[] arguments) {
        return Arrays.stream(arguments).skip(1).map(Path::of).toList();
    }
}
