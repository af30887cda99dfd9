package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A guest family as data: how its guests boot, learn their network, end, and which devices they need. Cluster-scoped. */
@JsonClassDescription(
        "A guest family as data: how its guests boot, learn their network and end, and which machine they need. Unikernels name the one they are made for.")
@Group(Unikernel.GROUP)
@Version(Unikernel.VERSION)
@ShortNames("ukr")
@Categories("skete")
@AdditionalPrinterColumn(name = "VMM", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".spec.vmm")
@AdditionalPrinterColumn(name = "Machine", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".spec.machine.type")
@AdditionalPrinterColumn(name = "NIC", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".spec.nic.model")
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(
        name = "Kernel",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".spec.boot.kernel",
        priority = 1)
public class UnikernelRuntime extends CustomResource<UnikernelRuntimeSpec, Void> {}
