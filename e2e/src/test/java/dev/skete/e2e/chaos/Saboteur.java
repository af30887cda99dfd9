package dev.skete.e2e.chaos;

import dev.skete.api.Unikernel;
import dev.skete.e2e.chaos.Action.GuestFault;
import dev.skete.e2e.chaos.Action.Outage;
import dev.skete.e2e.chaos.Action.SketeFault;
import dev.skete.e2e.chaos.NodeView.Role;
import dev.skete.e2e.cluster.Faults;
import dev.skete.e2e.fixture.Installation;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Does what a step says. */
final class Saboteur {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * What a flooding guest writes, through the pipe that is its console: control bytes, and lines without an end. Only while containerd is
     * down may it not get through (124), for then nobody reads the pipe.
     */
    private static final String FLOOD = """
            console=/proc/%d/fd/1
            if grep -qsx containerd /proc/[0-9]*/comm
            then timeout 30 head -c 4M /dev/urandom > $console
            else timeout 1 head -c 4M /dev/urandom > $console || [ $? = 124 ]
            fi
            """;

    /** Seconds in which what was hit is started again, or cannot be. */
    private static final int LINGER = 8;

    /** Seconds. More than any lease or time-out of Skete's; less than the minute by which a token may be from the future. */
    private static final int AHEAD = 45;

    private final Sandbox sandbox;
    private final Faults faults;

    Saboteur(Sandbox sandbox, Faults faults) {
        this.sandbox = sandbox;
        this.faults = faults;
    }

    void perform(Step step, Model model, World before) {
        step.outage().ifPresent(this::begin);
        try {
            step.actions().forEach(action -> perform(action, step, model, before));
        } finally {
            step.outage().ifPresent(this::end);
        }
    }

    private void begin(Outage outage) {
        switch (outage.component()) {
            case API_SERVER -> faults.stop("apiserver");
            case KUBELET -> faults.kill("kubelet-" + outage.node());
            case CONTAINERD -> faults.kill("containerd-" + outage.node());
            case NODE -> faults.nodeDown(outage.node());
            case DISK -> faults.diskFull(outage.node());
            case CLOCK -> faults.clockJump(AHEAD, LINGER);
        }
    }

    private void end(Outage outage) {
        switch (outage.component()) {
            case API_SERVER -> faults.start("apiserver");
            case KUBELET -> faults.start("kubelet-" + outage.node());
            case CONTAINERD -> faults.start("containerd-" + outage.node());
            case NODE -> faults.nodeUp(outage.node());
            case DISK -> {
                linger();
                faults.diskFree(outage.node());
            }
            case CLOCK -> faults.clockBack();
        }
    }

    private static void linger() {
        LockSupport.parkNanos(Duration.ofSeconds(LINGER).toNanos());
    }

    private void perform(Action action, Step step, Model model, World before) {
        switch (action) {
            case Action.Create create ->
                sandbox.client()
                        .resource(Manifests.of(create.wanted()))
                        .inNamespace(sandbox.namespace())
                        .create();
            case Action.Delete delete -> unikernel(delete.unit()).delete();
            case Action.Scale scale -> patch(scale.unit(), "{\"spec\":{\"replicas\":" + scale.replicas() + "}}");
            case Action.Update update ->
                patch(
                        update.unit(),
                        "{\"spec\":{\"args\":"
                                + Manifests.args(model.unit(update.unit()).updated()) + "}}");
            case Action.Suspend suspend -> patch(suspend.unit(), "{\"spec\":{\"job\":{\"suspend\":true}}}");
            case Action.Resume resume -> patch(resume.unit(), "{\"spec\":{\"job\":{\"suspend\":false}}}");
            case GuestFault fault -> hurt(fault, model.unit(fault.unit()), before);
            case SketeFault fault -> hurt(fault, step, before);
            case Outage _ -> throw new IllegalArgumentException("an outage is around a step's actions");
        }
    }

    private Resource<Unikernel> unikernel(String name) {
        return sandbox.client()
                .resources(Unikernel.class)
                .inNamespace(sandbox.namespace())
                .withName(name);
    }

    private void patch(String name, String json) {
        unikernel(name).patch(MERGE, json);
    }

    private void hurt(GuestFault fault, Unit unit, World before) {
        var guest = before.victim(fault);
        switch (fault.harm()) {
            case VMM_KILLED -> signal(before, guest, Role.VMM, "-KILL");
            case LAUNCHER_KILLED -> signal(before, guest, Role.LAUNCHER, "-KILL");
            case FROZEN -> signal(before, guest, Role.VMM, "-STOP");
            case THAWED -> signal(before, guest, Role.VMM, "-CONT");
            case PANICKED -> ask(guest, "/panic");
            case EXITED -> ask(guest, unit.serves() ? "/exit/3" : "/exit/0");
            case FLOODING -> faults.onNode(guest.node(), "sh", "-c", FLOOD.formatted(pid(before, guest, Role.VMM)));
        }
    }

    private void signal(World before, Guest guest, Role role, String signal) {
        faults.onNode(guest.node(), "kill", signal, Integer.toString(pid(before, guest, role)));
    }

    private static int pid(World before, Guest guest, Role role) {
        return before.processes(guest, role).getFirst().pid();
    }

    private static void ask(Guest guest, String path) {
        try {
            new GuestHttp(guest.ip(), PATIENCE).end(path);
        } catch (IOException e) {
            throw new UncheckedIOException(guest + " was not to be asked for " + path, e);
        }
    }

    private void hurt(SketeFault fault, Step step, World before) {
        switch (fault.part()) {
            case AGENT_KILLED, OPERATOR_KILLED ->
                kill(
                        before,
                        before.part(fault).orElseThrow(() -> new IllegalStateException("nothing to hit: " + fault)));
            case AGENTS_UPGRADED ->
                sandbox.client()
                        .apps()
                        .daemonSets()
                        .inNamespace(Installation.NAMESPACE)
                        .withName("skete-node-agent")
                        .patch(
                                MERGE,
                                "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"skete.dev/chaos\":\"%d\"}}}}}"
                                        .formatted(step.number()));
        }
    }

    /** SIGKILL; by way of deletion when it was killed before, because the kubelet lets a container wait that ends twice. */
    private void kill(World before, World.Placed part) {
        if (part.restarts() > 0) {
            sandbox.client()
                    .pods()
                    .inNamespace(Installation.NAMESPACE)
                    .withName(part.pod())
                    .withGracePeriod(0)
                    .delete();
            return;
        }
        var process = before.processes(part, Role.SKETE).getFirst();
        faults.onNode(part.node(), "kill", "-KILL", Integer.toString(process.pid()));
    }
}
