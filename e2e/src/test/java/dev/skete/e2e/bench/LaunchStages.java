package dev.skete.e2e.bench;

import dev.skete.e2e.Family;
import dev.skete.e2e.fixture.Sandbox;
import java.time.Duration;
import java.util.List;

/**
 * How long new agents take for a launch, of guests that start one a second: {@code skete_launch_seconds}, which tells of the last two
 * minutes, the median of each stage, of the slower agent.
 */
final class LaunchStages {
    private static final int LAUNCHES = 40;
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final Sandbox sandbox;

    LaunchStages(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    List<Figure> measure() {
        for (int serial = 0; serial < LAUNCHES; serial++) {
            sandbox.client()
                    .resource(Family.ELF.job("launch-" + serial, List.of("--exit", "0")))
                    .inNamespace(sandbox.namespace())
                    .create();
            Pause.of(BETWEEN);
        }
        var agents = AgentPages.of(sandbox);
        return List.of(
                new Figure.Quantity("tap wiring in the agent, median", median(agents, "wire"), "ms", 5),
                new Figure.Quantity("whole launch in the agent, median", median(agents, "total"), "ms", 15));
    }

    private static double median(AgentPages agents, String stage) {
        return 1000 * agents.largest("skete_launch_seconds{stage=\"" + stage + "\",quantile=\"0.5\"}");
    }
}
