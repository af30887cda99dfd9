package dev.skete.e2e.bench;

import dev.skete.e2e.bench.exit.ExitMatrix;
import dev.skete.e2e.fixture.Installation;
import dev.skete.e2e.fixture.Sandbox;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs every measurement once, or those that are named, and prints the report. */
public final class Bench {
    private static final List<Part> PARTS = List.of(
            new Part("LaunchStages", sandbox -> print("Inside new node agents", new LaunchStages(sandbox).measure())),
            new Part("FirstOutput", Bench::startOfOne),
            new Part("FirstAnswer", Bench::firstAnswer),
            new Part(
                    "HermitJobs",
                    sandbox -> print("A hundred Hermit jobs, eight at a time", new HermitJobs(sandbox).measure())),
            new Part("TwentyReplicas", sandbox -> print("Start of twenty", new TwentyReplicas(sandbox).measure())),
            new Part("Footprint", sandbox -> print("Twenty idle guests", new Footprint(sandbox).measure())),
            new Part("AgentRestart", sandbox -> print("Agents killed", new AgentRestart(sandbox).measure())),
            new Part("TimeToTruth", sandbox -> print("Death of a guest", new TimeToTruth(sandbox).measure())),
            new Part("ExitMatrix", sandbox -> print("Exit codes", new ExitMatrix(sandbox).measure())));

    /** Takes so long that it runs only when it is named. */
    private static final Part CHURN = new Part("Churn", sandbox -> print("Churn", new Churn(sandbox).measure()));

    private static final List<Part> ALL =
            Stream.concat(PARTS.stream(), Stream.of(CHURN)).toList();

    private Bench() {}

    /** A measurement in a namespace of its own. */
    private record Part(String name, Consumer<Sandbox> measurement) {}

    /** Takes names of parts; none means all of them but Churn. */
    public static void main(String[] arguments) {
        var wanted = Set.copyOf(List.of(arguments));
        var known = ALL.stream().map(Part::name).collect(Collectors.toSet());
        if (!known.containsAll(wanted)) {
            System.err.println("usage: e2e/bench [PART...]; parts are "
                    + ALL.stream().map(Part::name).collect(Collectors.joining(", ")));
            System.exit(2);
        }
        try (var installation = Installation.create()) {
            for (var part : wanted.isEmpty() ? PARTS : ALL) {
                if (wanted.isEmpty() || wanted.contains(part.name())) {
                    try (var sandbox = Sandbox.create(installation)) {
                        part.measurement().accept(sandbox);
                    }
                }
            }
        }
    }

    private static void startOfOne(Sandbox sandbox) {
        new FirstOutput(sandbox).warmUp();
        print("Start of one", new FirstOutput(sandbox).measure());
    }

    private static void firstAnswer(Sandbox sandbox) {
        try (var answers = new FirstAnswer(sandbox)) {
            print("A Hermit web server", answers.measure());
        }
    }

    private static void print(String section, List<?> lines) {
        System.out.println("\n" + section);
        lines.forEach(line -> System.out.println("  " + line));
    }
}
