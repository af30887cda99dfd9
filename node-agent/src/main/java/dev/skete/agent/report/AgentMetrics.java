package dev.skete.agent.report;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.api.GuestReason;
import dev.skete.api.GuestState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The agent's Prometheus metrics. No label ever holds a pod's name. */
public final class AgentMetrics {
    private final MeterRegistry registry;

    /** The parts of a launch, each timed. */
    public enum Stage {
        identify,
        wire,
        compose,
        total
    }

    public AgentMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Registers the gauge of guests by state. */
    public void count(GuestJournal journal) {
        for (var state : GuestState.values()) {
            Gauge.builder("skete.guests", journal, j -> j.count(state))
                    .description("Guests on this node, by state")
                    .tag("state", state.name())
                    .register(registry);
        }
    }

    public void took(Stage stage, Duration time) {
        Timer.builder("skete.launch")
                .description("Time the agent takes for each stage of a launch")
                .tag("stage", stage.name())
                .publishPercentileHistogram(false)
                .publishPercentiles(0.5, 0.99)
                .register(registry)
                .record(time);
    }

    public void refused(RefusalReason reason) {
        registry.counter("skete.launch.refused", "reason", reason.name()).increment();
    }

    public void vmmExited(GuestReason reason) {
        registry.counter("skete.vmm.exits", "reason", reason.name()).increment();
    }

    /** Whether this node offers KVM, and if not why. */
    public void kvm(boolean offered, String verdict) {
        Gauge.builder("skete.kvm.offered", () -> offered ? 1 : 0)
                .description("1 if the boot probe let this node offer KVM")
                .tag("verdict", verdict)
                .register(registry);
    }
}
