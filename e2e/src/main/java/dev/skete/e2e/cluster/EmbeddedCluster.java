package dev.skete.e2e.cluster;

import dev.skete.e2e.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The cluster of {@code e2e/cluster/cluster}: real Kubernetes on this machine, without Docker, two nodes as pairs of namespaces. */
record EmbeddedCluster(Path checkout) implements Cluster, Faults {

    /** The first start builds the Kubernetes binary. */
    private static final Duration FIRST_START = Duration.ofMinutes(30);

    @Override
    public String description() {
        return "the embedded cluster (no Docker here): two nodes on this machine";
    }

    @Override
    public Path up() {
        script("up", "2").within(FIRST_START).run();
        return Path.of(script("kubeconfig").run().strip());
    }

    /** Whether a kubeconfig is this cluster's, and the cluster is up. */
    boolean isReachedBy(Path kubeconfig) {
        var own = script("kubeconfig").attempt();
        return own.status() == 0 && Path.of(own.output().strip()).equals(kubeconfig);
    }

    @Override
    public void load(List<Path> archives) {
        script(Stream.concat(Stream.of("load"), archives.stream().map(Path::toString))
                        .toArray(String[]::new))
                .within(Duration.ofMinutes(5))
                .run();
    }

    @Override
    public void down() {
        script("down").within(Duration.ofMinutes(3)).run();
    }

    @Override
    public Optional<Faults> faults() {
        return Optional.of(this);
    }

    @Override
    public void stop(String component) {
        script("stop", component).run();
    }

    @Override
    public void kill(String component) {
        script("stop", component, "KILL").run();
    }

    @Override
    public void start(String component) {
        script("start", component).run();
    }

    @Override
    public void nodeDown(String node) {
        script("node-down", number(node)).run();
    }

    @Override
    public void nodeUp(String node) {
        script("node-up", number(node)).within(Duration.ofMinutes(2)).run();
    }

    @Override
    public void diskFull(String node) {
        script("disk-full", number(node)).run();
    }

    @Override
    public void diskFree(String node) {
        script("disk-free", number(node)).run();
    }

    @Override
    public void clockJump(int ahead, int seconds) {
        script("clock-jump", Integer.toString(ahead), Integer.toString(seconds)).run();
    }

    @Override
    public void clockBack() {
        script("clock-back").run();
    }

    @Override
    public String onNode(String node, String... command) {
        var words = new ArrayList<>(List.of("node-exec", number(node)));
        words.addAll(List.of(command));
        return script(words.toArray(String[]::new)).run();
    }

    private static String number(String node) {
        return node.replaceFirst("^node", "");
    }

    private Command script(String... arguments) {
        var words =
                new ArrayList<>(List.of(checkout.resolve("e2e/cluster/cluster").toString()));
        words.addAll(List.of(arguments));
        return Command.of(words.toArray(String[]::new));
    }
}
