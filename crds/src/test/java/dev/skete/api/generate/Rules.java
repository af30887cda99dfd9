package dev.skete.api.generate;

import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;

/** CEL rules that are the same for many fields, so that annotations would only repeat them. */
final class Rules {
    private Rules() {}

    static ValidationRule of(String cel, String message) {
        var rule = new ValidationRule();
        rule.setRule(cel);
        rule.setMessage(message);
        return rule;
    }

    static ValidationRule noExecProbe() {
        return of(
                "!has(self.exec)",
                "exec probes cannot run in a guest: there is no process to start; use httpGet, tcpSocket or grpc");
    }

    static ValidationRule oneHandler() {
        return of(
                "has(self.exec) || [has(self.httpGet), has(self.tcpSocket), has(self.grpc)].exists_one(x, x)",
                "a probe needs exactly one of httpGet, tcpSocket or grpc");
    }

    /** For the object that has the probe and the ports: a port that a probe names must be among them. */
    static ValidationRule knownPort(String probe) {
        var rule = of(
                ("!has(self.%1$s) || [self.%1$s.?httpGet.?port, self.%1$s.?tcpSocket.?port].all(p, !p.hasValue() || type(p.value()) == int"
                                + " || (has(self.ports) && self.ports.exists(known, known.name == p.value())))")
                        .formatted(probe),
                "%s names a port that ports does not have: use one of their names, or a number".formatted(probe));
        rule.setFieldPath("." + probe);
        return rule;
    }

    /** For the object that has the field, beside restartPolicy: a Job's pod template never changes; a CronJob's may. */
    static ValidationRule fixedForJobs(String field) {
        var rule = of(
                // Written without optional selection, whose value the API server takes for boundlessly costly to
                // compare.
                ("self.restartPolicy == 'Always' || (has(self.job) && has(self.job.schedule)) || (has(self.%1$s) == has(oldSelf.%1$s)"
                                + " && (!has(self.%1$s) || self.%1$s == oldSelf.%1$s))")
                        .formatted(field),
                "%s cannot change on a run-to-completion Unikernel, because a Job's pod template cannot: delete the Unikernel and create it anew"
                        .formatted(field));
        rule.setFieldPath("." + field);
        return rule;
    }
}
