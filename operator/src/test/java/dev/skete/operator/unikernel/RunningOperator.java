package dev.skete.operator.unikernel;

import dev.skete.operator.OperatorConfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import java.time.Clock;
import java.util.Optional;

/** The operator's reconciler, running in the test's own JVM. */
final class RunningOperator implements AutoCloseable {
    private final KubernetesClient client;
    private final Operator operator;

    RunningOperator(Config access) {
        client = new KubernetesClientBuilder().withConfig(access).build();
        operator = new Operator(c -> c.withKubernetesClient(client).withCloseClientOnStop(false));
        operator.register(new UnikernelReconciler(client, Clock.systemUTC(), new NoConfig()));
        operator.start();
    }

    @Override
    public void close() {
        operator.stop();
        client.close();
    }

    private static final class NoConfig implements OperatorConfig {
        @Override
        public Optional<String> namespace() {
            return Optional.empty();
        }

        @Override
        public String instance() {
            return "test";
        }
    }
}
