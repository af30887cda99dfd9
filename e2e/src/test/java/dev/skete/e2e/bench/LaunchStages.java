package dev.skete.e2e.bench;

import dev.skete.e2e.fixture.Sandbox;
import java.util.List;

/** What the agents say of the launches of the last minutes: {@code skete_launch_seconds}, the median of each stage, of the slower agent. */
final class LaunchStages {
    private final AgentPages agents;

    LaunchStages(Sandbox sandbox) {
        this.agents = AgentPages.of(sandbox);
    }

    List<Figure> measure() {
        return List.of(
                new Figure.Quantity("tap wiring in the agent, median", median("wire"), "ms", 5),
                new Figure.Quantity("whole launch in the agent, median", median("total"), "ms", 15));
    }

    private double median(String stage) {
        return 1000 * agents.largest("skete_launch_seconds{stage=\"" + stage + "\",quantile=\"0.5\"}");
    }
}
