package dev.skete.e2e.chaos;

import dev.skete.e2e.chaos.Choice.Pace;
import dev.skete.e2e.cluster.Faults;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Choose, do, wait for the truth, and again. */
final class Walk implements AutoCloseable {
    /** How long after a step everything must be true. */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);
    private static final Reach NOBODY = new Reach(Set.of(), Set.of());

    private final long seed;
    private final Choice choice;
    private final Observer observer;
    private final Saboteur saboteur;
    private final Requests requests = new Requests();
    private final Figures figures = new Figures();
    private final List<Step> history = new ArrayList<>();
    private Model model;
    private World world;
    private List<String> lastUntrue = List.of();

    /** The same seed takes the same steps, at the same pace. */
    Walk(long seed, Pace pace, Sandbox sandbox, Faults faults) {
        this.seed = seed;
        var nodes = sandbox.client().nodes().list().getItems().stream()
                .map((Node node) -> node.getMetadata().getName())
                .sorted()
                .toList();
        this.choice = new Choice(new Random(seed), pace);
        this.observer = new Observer(sandbox, faults, nodes);
        this.saboteur = new Saboteur(sandbox, faults);
        this.model = Model.empty(nodes);
        this.world = observer.look();
    }

    /** Walks until told that it is enough, then takes everything away. Returns what to print; throws {@link Broken}. */
    String walk(Predicate<Figures> enough) throws InterruptedException {
        say("seed " + seed);
        settle(NOBODY, world);
        while (!enough.test(figures)) {
            take(choice.next(model));
        }
        take(choice.last(model));
        return figures.report(seed, requests);
    }

    private void take(Step step) throws InterruptedException {
        history.add(step);
        say(step.toString());
        var before = world;
        var reach = Reach.of(step, model, before);
        requests.release(reach.disturbed());
        saboteur.perform(step, model, before);
        model = model.after(step);
        var truth = settle(reach, before);
        figures.add(step, truth);
        requests.add(world.guests().stream()
                .filter(guest -> guest.live() && !world.frozen(guest))
                .toList());
        say("   true after %.1f s; %d faults, %d lives; last came: %s"
                .formatted(truth.toMillis() / 1e3, figures.faults(), figures.lives(), lastUntrue));
    }

    /** How long it took from now until all was true. */
    private Duration settle(Reach reach, World before) throws InterruptedException {
        long begin = System.nanoTime();
        lastUntrue = List.of();
        while (System.nanoTime() - begin < PATIENCE.toNanos()) {
            var untrue = look(reach, before);
            require("What must never be is:", requests.lost());
            if (untrue.isEmpty()) {
                return Duration.ofNanos(System.nanoTime() - begin);
            }
            lastUntrue = untrue;
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new Broken(seed, history, "Not true after " + PATIENCE.toSeconds() + " s:", lastUntrue);
    }

    private List<String> look(Reach reach, World before) {
        try {
            world = observer.look();
        } catch (KubernetesClientException e) {
            return List.of("the API server does not answer: " + e.getMessage());
        }
        figures.saw(world);
        require("What must never be is:", Invariants.forbidden(before, reach, world));
        return Invariants.untrue(model, before, reach, world);
    }

    private void require(String why, List<String> broken) {
        if (!broken.isEmpty()) {
            throw new Broken(seed, history, why, broken);
        }
    }

    private static void say(String line) {
        System.out.println("chaos: " + line);
    }

    @Override
    public void close() {
        requests.close();
        observer.close();
    }
}
