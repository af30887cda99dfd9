package dev.skete.operator.unikernel;

import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.operator.OperatorConfig;
import dev.skete.operator.unikernel.compile.GuestSeccomp;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The operator's reconciler in the test's own JVM, with the permissions it has in a cluster; it runs while the tests of a class do. */
final class RunningOperator implements BeforeAllCallback, AfterAllCallback {
    private @Nullable ControlPlane controlPlane;
    private Runnable stop = () -> {};

    @Override
    public void beforeAll(ExtensionContext context) {
        controlPlane = ControlPlane.of(context);
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    /** Again, after {@link #stop}. */
    void start() {
        var api = Objects.requireNonNull(controlPlane);
        ChartPermissions.install(api.admin());
        var client = new KubernetesClientBuilder()
                .withConfig(api.configAs(ChartPermissions.OPERATOR))
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
