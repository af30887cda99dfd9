package dev.skete.operator.unikernel;

import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.operator.OperatorConfig;
import dev.skete.operator.unikernel.compile.GuestSeccomp;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import java.time.Clock;
import java.util.Optional;

/** The operator's reconciler in the test's own JVM, with the permissions it has in a cluster. */
final class RunningOperator {
    private Runnable stop = () -> {};

    void start(ControlPlane controlPlane) {
        ChartPermissions.install(controlPlane.admin());
        var client = new KubernetesClientBuilder()
                .withConfig(controlPlane.configAs(ChartPermissions.OPERATOR))
                .build();
        var operator = new Operator(c -> c.withKubernetesClient(client));
        operator.register(new UnikernelReconciler(client, Clock.systemUTC(), new TestConfig()));
        operator.start();
        stop = operator::stop;
    }

    void stop() {
        stop.run();
    }

    private static final class TestConfig implements OperatorConfig {
        @Override
        public Optional<String> namespace() {
            return Optional.empty();
        }

        @Override
        public String instance() {
            return "test";
        }

        @Override
        public GuestSeccomp guestSeccompProfile() {
            return GuestSeccomp.RuntimeDefault;
        }
    }
}
