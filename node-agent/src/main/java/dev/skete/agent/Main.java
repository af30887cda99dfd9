package dev.skete.agent;

import java.io.IOException;
import java.util.logging.Level;
import org.slf4j.LoggerFactory;

/** The agent's process. */
public final class Main {
    /** It warns of a kubelet that is away, which KubeletLink does too. Held here, because its level is lost with it. */
    private static final java.util.logging.Logger GRPC = java.util.logging.Logger.getLogger("io.grpc");

    private Main() {}

    /** Starts the agent; SIGTERM, which the kubelet sends, stops it. */
    public static void main(String[] args) {
        // Before the first logger is made.
        System.setProperty(
                "org.slf4j.simpleLogger.defaultLogLevel",
                System.getenv().getOrDefault("SKETE_AGENT_LOG_LEVEL", "INFO"));
        GRPC.setLevel(Level.SEVERE);
        try {
            var config = AgentConfig.from(System.getenv());
            var agent = AgentProcess.start(config, new NodePreparation(config));
            Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "stop"));
        } catch (InvalidSettingException e) {
            LoggerFactory.getLogger(Main.class).error(e.getMessage());
            System.exit(1);
        } catch (IOException | RuntimeException e) {
            LoggerFactory.getLogger(Main.class).error("The node agent cannot start", e);
            System.exit(1);
        }
    }
}
