package dev.skete.api;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A guest family as data: how its guests boot, learn their network, end, and which devices they need. Cluster-scoped. */
@Group(Unikernel.GROUP)
@Version(Unikernel.VERSION)
@ShortNames("ukr")
public class UnikernelRuntime extends CustomResource<UnikernelRuntimeSpec, Void> {}
