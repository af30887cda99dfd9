package dev.skete.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A single-application guest that runs as an ordinary Kubernetes workload. */
@Group(Unikernel.GROUP)
@Version(Unikernel.VERSION)
@ShortNames("uk")
public class Unikernel extends CustomResource<UnikernelSpec, UnikernelStatus> implements Namespaced {
    public static final String GROUP = "skete.dev";
    public static final String VERSION = "v1alpha1";
}
