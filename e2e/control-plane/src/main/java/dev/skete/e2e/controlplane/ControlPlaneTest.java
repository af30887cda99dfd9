package dev.skete.e2e.controlplane;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a real API server with Skete's CRDs installed. Parameters of type {@link ControlPlane} and
 * {@code KubernetesClient} (cluster admin) are injected.
 *
 * <p>All test classes of a JVM that want the same controllers share one control plane, because a start takes seconds: let each test work
 * in a namespace of its own ({@link ControlPlane#newNamespace}) and name its cluster-scoped objects apart. The processes end with the
 * JVM, even when it is killed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ControlPlaneExtension.class)
public @interface ControlPlaneTest {
    Controllers controllers() default Controllers.NONE;
}
