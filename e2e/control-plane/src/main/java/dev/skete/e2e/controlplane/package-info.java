/**
 * A real Kubernetes control plane for tests: etcd and kube-apiserver, on request with the controllers that make pods of Deployments and
 * Jobs. No node: pods stay Pending until a test patches their status, as a kubelet would.
 *
 * <p>Put {@link dev.skete.e2e.controlplane.ControlPlaneTest} on a test class and ask for a
 * {@link dev.skete.e2e.controlplane.ControlPlane} or a {@code KubernetesClient} as a parameter of the test.
 */
@NullMarked
package dev.skete.e2e.controlplane;

import org.jspecify.annotations.NullMarked;
