package dev.skete.operator.unikernel.status;

import dev.skete.api.Unikernel;
import dev.skete.operator.unikernel.accelerator.NodeOffers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A Unikernel called hello and what there is of it, as the API server would show it. */
final class Fixtures {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final NodeOffers BOTH = new NodeOffers(true, true);

    private Fixtures() {}

    static Unikernel serving(int replicas) {
        return unikernel("{image: hello, runtime: elf, replicas: %d}".formatted(replicas));
    }

    static Unikernel job() {
        return unikernel("{image: hello, runtime: elf, restartPolicy: Never}");
    }

    static Unikernel jobThatMayNotFail() {
        return unikernel("{image: hello, runtime: elf, restartPolicy: Never, job: {backoffLimit: 0}}");
    }

    static Unikernel scheduled() {
        return unikernel("{image: hello, runtime: elf, restartPolicy: Never, job: {schedule: '@daily'}}");
    }

    private static Unikernel unikernel(String spec) {
        return Serialization.unmarshal("""
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: hello, namespace: shop, uid: u-1, generation: 3}
                spec: %s
                """.formatted(spec), Unikernel.class);
    }

    /** A Deployment with a status in YAML. */
    static LiveChildren deployment(String status) {
        var deployment = Serialization.unmarshal("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: hello, namespace: shop, generation: 2, annotations: {skete.dev/accelerator: KVM}}
                status: %s
                """.formatted(status), Deployment.class);
        return LiveChildren.NONE.with(deployment);
    }

    /** A Job for one run with a status in YAML. */
    static LiveChildren job(String status) {
        var job = Serialization.unmarshal("""
                apiVersion: batch/v1
                kind: Job
                metadata: {name: hello, namespace: shop, annotations: {skete.dev/accelerator: KVM}}
                spec: {completions: 1}
                status: %s
                """.formatted(status), Job.class);
        return LiveChildren.NONE.with(job);
    }

    /** A CronJob with more of its spec and its status in YAML, and its runs with theirs. */
    static LiveChildren schedule(String spec, String status, String... runs) {
        var cronJob = Serialization.unmarshal("""
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: hello, namespace: shop, uid: c-1}
                spec: {schedule: "@daily"%s}
                status: %s
                """.formatted(spec, status), CronJob.class);
        return new LiveChildren(
                List.of(cronJob),
                IntStream.range(0, runs.length).mapToObj(i -> run(i, runs[i])).toList());
    }

    private static Job run(int number, String status) {
        return Serialization.unmarshal("""
                apiVersion: batch/v1
                kind: Job
                metadata: {name: hello-%1$d, namespace: shop, uid: j-%1$d, creationTimestamp: "2026-01-01T0%1$d:00:00Z"}
                spec: {completions: 1}
                status: %2$s
                """.formatted(number, status), Job.class);
    }

    /** A guest's pod hello-1 on node n1, with a status in YAML. */
    static Pod pod(String restartPolicy, String status) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("hello-1")
                .endMetadata()
                .withNewSpec()
                .withNodeName("n1")
                .withRestartPolicy(restartPolicy)
                .addNewContainer()
                .withName("guest")
                .withImage("hello:1")
                .withNewResources()
                .addToLimits("skete.dev/kvm", new Quantity("1"))
                .endResources()
                .endContainer()
                .endSpec()
                .withStatus(Serialization.unmarshal("---\n" + status, PodStatus.class))
                .build();
    }

    static Facts facts(Unikernel unikernel, LiveChildren children, Pod... pods) {
        return facts(unikernel, children, Map.of(), pods);
    }

    static Facts facts(Unikernel unikernel, LiveChildren children, Map<String, NodeView> nodes, Pod... pods) {
        return new Facts(unikernel, Optional.empty(), children, List.of(pods), BOTH, nodes, Optional.empty(), NOW);
    }
}
