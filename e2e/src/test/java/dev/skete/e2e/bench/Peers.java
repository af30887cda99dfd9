package dev.skete.e2e.bench;

import dev.skete.e2e.Guests;

/** The plain containers Skete is measured against: the same probe and the same grace, without a guest in between. */
final class Peers {
    private Peers() {}

    /** A pod that prints one line and sleeps. */
    static String pod(String name) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec:
                  terminationGracePeriodSeconds: 1
                  securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
                  containers:
                  - name: plain
                    image: localhost/skete/busybox:dev
                    command: [/bin/busybox, sh, -c, "echo listening; exec /bin/busybox sleep 3600"]
                    securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                """.formatted(name);
    }

    /** A Deployment of busybox web servers. */
    static String deployment(String name, int replicas) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  replicas: %2$d
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
                      containers:
                      - name: plain
                        image: localhost/skete/busybox:dev
                        command: [/bin/busybox, httpd, -f, -p, "8080", -h, /bin]
                        readinessProbe: {httpGet: {path: /busybox, port: 8080}, periodSeconds: 1}
                        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                """.formatted(name, replicas);
    }

    /** Such a Deployment with all that Skete makes of a Unikernel that serves. */
    static String served(String name, int replicas) {
        return deployment(name, replicas) + "---\n" + service(name) + """
                ---
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: %1$s}
                spec: {maxUnavailable: 1, selector: {matchLabels: {app: %1$s}}}
                """.formatted(name);
    }

    /** The hello guest, which goes as quickly as they do. */
    static String guest(String name, int replicas) {
        return Guests.hello(name, replicas, "drainSeconds: 0", "terminationGracePeriodSeconds: 1");
    }

    /** A Service for one of those Deployments. */
    static String service(String name) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s}
                spec:
                  selector: {app: %1$s}
                  ports: [{port: 80, targetPort: 8080}]
                """.formatted(name);
    }

    /** A Hermit web server behind a Service. */
    static String hermit(String name) {
        return """
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: %s}
                spec:
                  image: localhost/skete/hermit:dev
                  imagePullPolicy: IfNotPresent
                  runtime: hermit
                  args: [httpd, "8080"]
                  drainSeconds: 0
                  terminationGracePeriodSeconds: 1
                  resources: {memory: 64Mi}
                  ports: [{name: http, port: 80, targetPort: 8080}]
                  readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 1}
                """.formatted(name);
    }
}
