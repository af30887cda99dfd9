package dev.skete.e2e.controlplane;

import java.nio.file.Path;
import java.util.List;

/** Command lines of the control plane's processes. */
record Commands(StateDirectory state, FreePorts ports) {
    List<String> etcd() {
        String clients = "http://127.0.0.1:" + ports.etcd();
        String peers = "http://127.0.0.1:" + ports.etcdPeer();
        return List.of(
                "etcd",
                "--data-dir=" + state.etcd(),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                // The data dies with the test, so nothing is gained by waiting for the disk.
                "--unsafe-no-fsync");
    }

    List<String> apiServer(Path kube) {
        return List.of(
                kube.toString(),
                "apiserver",
                "--etcd-servers=http://127.0.0.1:" + ports.etcd(),
                "--bind-address=127.0.0.1",
                "--secure-port=" + ports.apiServer(),
                "--cert-dir=" + state.certificates(),
                // Nobody reaches this API server by the Service "kubernetes", and a loopback address may not be its
                // endpoint.
                "--endpoint-reconciler-type=none",
                "--token-auth-file=" + state.tokens(),
                "--authorization-mode=RBAC",
                // As on every cluster whose nodes run a CNI plug-in; admission is where pods are restricted.
                "--allow-privileged=true",
                "--service-cluster-ip-range=10.96.0.0/16",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + state.serviceAccountKey(),
                "--service-account-signing-key-file=" + state.serviceAccountKey(),
                // Without its controller there are no service accounts for pods to have.
                "--disable-admission-plugins=ServiceAccount");
    }

    List<String> controllerManager(Path kube) {
        return List.of(
                kube.toString(),
                "controller-manager",
                "--kubeconfig=" + state.kubeconfig(),
                "--controllers=deployment-controller,replicaset-controller,job-controller,disruption-controller,"
                        + "garbage-collector-controller,namespace-controller,resourcequota-controller,"
                        + "clusterrole-aggregation-controller",
                "--leader-elect=false",
                "--secure-port=0");
    }
}
