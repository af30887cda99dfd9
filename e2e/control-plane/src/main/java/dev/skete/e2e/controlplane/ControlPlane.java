package dev.skete.e2e.controlplane;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A running control plane: real, empty, reachable from this machine only, and gone with this JVM. */
public final class ControlPlane implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);

    private final StateDirectory state;
    private final FreePorts ports;
    private final Daemons daemons;
    private final KubernetesClient admin;

    private ControlPlane(StateDirectory state, FreePorts ports, Daemons daemons) {
        this.state = state;
        this.ports = ports;
        this.daemons = daemons;
        this.admin = new KubernetesClientBuilder().withConfig(adminConfig()).build();
    }

    /** The one that a {@link ControlPlaneTest} has, for another extension of the same class. */
    public static ControlPlane of(ExtensionContext test) {
        return ControlPlaneExtension.controlPlane(test);
    }

    /** Starts one and returns when it answers. */
    public static ControlPlane start(Controllers controllers) {
        var state = StateDirectory.create();
        var daemons = new Daemons(state.path());
        try {
            return start(controllers, state, daemons);
        } catch (RuntimeException e) {
            daemons.close();
            state.close();
            throw e;
        }
    }

    private static ControlPlane start(Controllers controllers, StateDirectory state, Daemons daemons) {
        Path kube = KubeBinary.find();
        var ports = FreePorts.find();
        var commands = new Commands(state, ports);
        daemons.start("etcd", commands.etcd());
        daemons.start("apiserver", commands.apiServer(kube));
        awaitCertificate(state, daemons);
        var controlPlane = new ControlPlane(state, ports, daemons);
        controlPlane.awaitReady();
        controlPlane.writeKubeconfig();
        if (controllers == Controllers.WORKLOADS) {
            daemons.start("controller-manager", commands.controllerManager(kube));
        }
        return controlPlane;
    }

    /** A client that may do everything. Closed with the control plane. */
    public KubernetesClient admin() {
        return admin;
    }

    /** How to reach the API server as its admin, for a client or an operator of the test's own. */
    public Config adminConfig() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + ports.apiServer())
                .withCaCertFile(state.serverCertificate().toString())
                .withOauthToken(state.adminToken())
                .withNamespace("default")
                .build();
    }

    /**
     * How to reach the API server as somebody else, who may do what RBAC says.
     *
     * @param user for example {@code system:serviceaccount:skete-system:skete-operator}
     */
    public Config configAs(String user) {
        return new ConfigBuilder(adminConfig()).withImpersonateUsername(user).build();
    }

    /** A kubeconfig file with the admin's access, for kubectl and other programs. */
    public Path kubeconfig() {
        return state.kubeconfig();
    }

    /** Makes a namespace that no other test uses. */
    public String newNamespace() {
        Namespace wanted = new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName("test-")
                .endMetadata()
                .build();
        return admin.resource(wanted).create().getMetadata().getName();
    }

    /** Applies every manifest of a directory, and waits until the API serves the kinds that its CRDs define. */
    public void install(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                try (InputStream manifest = Files.newInputStream(file)) {
                    install(admin.load(manifest).items());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifests in " + directory, e);
        }
    }

    private void install(List<HasMetadata> objects) {
        for (var object : objects) {
            admin.resource(object).forceConflicts().serverSideApply();
            if (object instanceof CustomResourceDefinition crd) {
                admin.resource(crd).waitUntilCondition(ControlPlane::isEstablished, 30, TimeUnit.SECONDS);
            }
        }
    }

    private static boolean isEstablished(@Nullable CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                // null for a moment, although the API says it is a list
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(c -> "Established".equals(c.getType()) && "True".equals(c.getStatus()));
    }

    /** A client reads the certificate when it is made, and the API server writes it a moment after its start. */
    private static void awaitCertificate(StateDirectory state, Daemons daemons) {
        await("the API server has written its certificate")
                .atMost(START)
                .pollInterval(Duration.ofMillis(20))
                .failFast(daemons::requireAlive)
                .until(() -> state.serverCertificate().toFile().length() > 0);
    }

    private void awaitReady() {
        await("the API server is ready")
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .failFast(daemons::requireAlive)
                .until(this::isReady);
    }

    private boolean isReady() {
        try {
            return "ok".equals(admin.raw("/readyz"));
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private void writeKubeconfig() {
        var text = """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}}]
                users: [{name: admin, user: {token: "%s"}}]
                contexts: [{name: test, context: {cluster: test, user: admin}}]
                current-context: test
                """.formatted(ports.apiServer(), state.serverCertificate(), state.adminToken());
        try {
            Files.writeString(state.kubeconfig(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
        daemons.close();
        state.close();
    }
}
