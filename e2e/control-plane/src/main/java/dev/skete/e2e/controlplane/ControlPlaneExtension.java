package dev.skete.e2e.controlplane;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts the control plane that a {@link ControlPlaneTest} asks for, once for each kind, and ends it after the JVM's last test. */
final class ControlPlaneExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ControlPlaneExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        controlPlane(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ControlPlane.class || type == KubernetesClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ControlPlane controlPlane = controlPlane(context);
        return parameter.getParameter().getType() == ControlPlane.class ? controlPlane : controlPlane.admin();
    }

    static ControlPlane controlPlane(ExtensionContext context) {
        Controllers controllers = AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), ControlPlaneTest.class, context.getEnclosingTestClasses())
                .map(ControlPlaneTest::controllers)
                .orElse(Controllers.NONE);
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(controllers, ControlPlaneExtension::start, Shared.class)
                .controlPlane();
    }

    private static Shared start(Controllers controllers) {
        var shared = new Shared(ControlPlane.start(controllers));
        try {
            shared.controlPlane.install(Repository.root().resolve("helm/skete/files/crds"));
            return shared;
        } catch (RuntimeException e) {
            shared.close();
            throw e;
        }
    }

    private record Shared(ControlPlane controlPlane) implements AutoCloseable {
        @Override
        public void close() {
            controlPlane.close();
        }
    }
}
