package dev.skete.agent;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the sockets are open and the kubelet has accepted the node's places for guests. */
@Readiness
@ApplicationScoped
class AgentReadiness implements HealthCheck {
    private final AgentLifecycle agent;

    AgentReadiness(AgentLifecycle agent) {
        this.agent = agent;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("registered with the kubelet")
                .status(agent.isReady())
                .build();
    }
}
