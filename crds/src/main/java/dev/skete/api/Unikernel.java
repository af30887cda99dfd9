package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A single-application guest that runs as an ordinary Kubernetes workload. */
@JsonClassDescription(
        "A single-application guest that runs as an ordinary Kubernetes workload: a Deployment or a Job whose pods are virtual machines, with a Service for its ports.")
@Group(Unikernel.GROUP)
@Version(Unikernel.VERSION)
@ShortNames("uk")
@Categories({"all", "skete"})
@ValidationRule(
        value = "self.metadata.name.size() <= " + Unikernel.MAX_NAME_LENGTH
                + " && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
        message = "metadata.name must be at most 52 lowercase letters, digits and '-', and start with a letter,"
                + " because the Service and the pods are named after it: choose a shorter or plainer name")
@AdditionalPrinterColumn(
        name = "Ready",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Replicas", type = AdditionalPrinterColumn.Type.INTEGER, jsonPath = ".status.replicas")
@AdditionalPrinterColumn(name = "Runtime", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".spec.runtime")
@AdditionalPrinterColumn(
        name = "Accelerator",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.accelerator")
@AdditionalPrinterColumn(name = "Endpoint", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".status.endpoint")
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(
        name = "Image",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".spec.image",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Reason",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        priority = 1)
public class Unikernel extends CustomResource<UnikernelSpec, UnikernelStatus> implements Namespaced {
    public static final String GROUP = "skete.dev";
    public static final String VERSION = "v1alpha1";

    /** A ReplicaSet is named after its Deployment with 11 characters more, and its name has to fit a label, which holds 63. */
    public static final int MAX_NAME_LENGTH = 52;
}
