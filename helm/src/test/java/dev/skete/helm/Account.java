package dev.skete.helm;

import dev.skete.e2e.controlplane.ControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.jspecify.annotations.Nullable;

/** One of the chart's service accounts, as a pod has it: with a token that is bound to that pod, as the kubelet asks for. */
record Account(ControlPlane controlPlane, String name) {
    static final String NAMESPACE = "skete-system";

    /** A client with the token of a pod of this account on a node; with a token that is bound to no pod, and so to no node, if null. */
    KubernetesClient on(@Nullable String node) {
        var admin = controlPlane.admin();
        TokenRequest wanted = node == null ? new TokenRequest() : bound(pod(admin, NAMESPACE, name + "-" + node, node));
        String token = admin.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(name)
                .tokenRequest(wanted)
                .getStatus()
                .getToken();
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(controlPlane.adminConfig())
                        .withOauthToken(token)
                        .build())
                .build();
    }

    private TokenRequest bound(Pod pod) {
        return new TokenRequestBuilder()
                .withNewSpec()
                .withNewBoundObjectRef()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .endBoundObjectRef()
                .endSpec()
                .build();
    }

    /** A pod that the scheduler put on a node. */
    Pod pod(KubernetesClient admin, String namespace, String pod, String node) {
        return admin.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(pod)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(node)
                        .withServiceAccountName(name)
                        .addNewContainer()
                        .withName("main")
                        .withImage("localhost/none")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }
}
