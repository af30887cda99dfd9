package dev.skete.e2e.bench;

import dev.skete.e2e.fixture.Installation;
import dev.skete.e2e.fixture.Sandbox;
import java.util.List;

/** Runs every measurement once and prints the report. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        try (var installation = Installation.create()) {
            try (var sandbox = Sandbox.create(installation)) {
                new FirstOutput(sandbox).warmUp();
                print("Start of one", new FirstOutput(sandbox).measure());
                print("Inside the node agent", new LaunchStages(sandbox).measure());
            }
            try (var sandbox = Sandbox.create(installation);
                    var answers = new FirstAnswer(sandbox)) {
                print("A Hermit web server", answers.measure());
            }
            try (var sandbox = Sandbox.create(installation)) {
                print("A hundred Hermit jobs, eight at a time", new HermitJobs(sandbox).measure());
            }
            try (var sandbox = Sandbox.create(installation)) {
                print("Start of twenty", new TwentyReplicas(sandbox).measure());
            }
            try (var sandbox = Sandbox.create(installation)) {
                print("Twenty idle guests", new Footprint(sandbox).measure());
            }
        }
    }

    private static void print(String section, List<Figure> figures) {
        System.out.println("\n" + section);
        figures.forEach(figure -> System.out.println("  " + figure));
    }
}
