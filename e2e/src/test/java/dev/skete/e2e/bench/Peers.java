package dev.skete.e2e.bench;

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

    /** The hello guest. */
    static String guest(String name, int replicas) {
        return """
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: %s}
                spec:
                  image: localhost/skete/hello:dev
                  imagePullPolicy: IfNotPresent
                  runtime: elf
                  replicas: %d
                  drainSeconds: 0
                  terminationGracePeriodSeconds: 1
                  resources: {memory: 32Mi}
                  ports: [{name: http, port: 80, targetPort: 8080}]
                  readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 1}
                """.formatted(name, replicas);
    }
}
