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
                  terminationGracePeriodSeconds: 0
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
                      terminationGracePeriodSeconds: 0
                      securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
                      containers:
                      - name: plain
                        image: localhost/skete/busybox:dev
                        command: [/bin/busybox, httpd, -f, -p, "8080", -h, /bin]
                        readinessProbe: {httpGet: {path: /busybox, port: 8080}, periodSeconds: 1}
                        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                """.formatted(name, replicas);
    }

    /** The hello guest, which goes as quickly as they do. */
    static String guest(String name, int replicas) {
        return Guests.hello(name, replicas, "drainSeconds: 0", "terminationGracePeriodSeconds: 1");
    }
}
