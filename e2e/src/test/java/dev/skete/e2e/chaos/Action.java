package dev.skete.e2e.chaos;

import dev.skete.e2e.chaos.Unit.Kind;
import dev.skete.e2e.chaos.Unit.Phase;
import java.util.Locale;

/** One thing the walk does. What it says is enough to do it again. */
sealed interface Action {

    /** What it is counted as. */
    String kind();

    /** What a user does to a Unikernel. */
    sealed interface Change extends Action {
        String unit();

        @Override
        default String kind() {
            return getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }
    }

    record Create(Unit wanted) implements Change {
        @Override
        public String unit() {
            return wanted.name();
        }
    }

    record Scale(String unit, int replicas) implements Change {}

    record Update(String unit, int version) implements Change {}

    record Delete(String unit) implements Change {}

    record Suspend(String unit) implements Change {}

    record Resume(String unit) implements Change {}

    /**
     * A fault of one guest of a Unikernel.
     *
     * @param turn 0 for the guest that was started again least, 1 for the next, …
     */
    record GuestFault(Harm harm, String unit, int turn) implements Action {
        @Override
        public String kind() {
            return harm.text;
        }
    }

    enum Harm {
        VMM_KILLED("QEMU kill -9"),
        LAUNCHER_KILLED("launcher kill -9"),
        FROZEN("QEMU SIGSTOP"),
        THAWED("QEMU SIGCONT"),
        PANICKED("guest panic"),
        EXITED("guest exit"),
        FLOODING("console flood");

        private final String text;

        Harm(String text) {
            this.text = text;
        }

        /** Whether it can be done to a guest of this Unikernel. */
        boolean suits(Unit unit) {
            return switch (this) {
                case VMM_KILLED, LAUNCHER_KILLED, PANICKED, EXITED -> unit.hasFreshGuest();
                case FROZEN -> unit.serves() && unit.hasFreshGuest();
                case THAWED -> unit.phase() == Phase.FROZEN;
                case FLOODING -> unit.phase() == Phase.UP && unit.replicas() > 0;
            };
        }

        /** Whether the guest ends, and must be started again in its pod. */
        boolean restarts(Unit unit) {
            return switch (this) {
                case VMM_KILLED, LAUNCHER_KILLED, PANICKED -> true;
                case EXITED -> unit.serves();
                case FROZEN -> unit.kind() == Kind.GUARDED;
                case THAWED, FLOODING -> false;
            };
        }
    }

    /** A fault of Skete's own parts, which no guest may notice. */
    record SketeFault(Part part, String node) implements Action {
        @Override
        public String kind() {
            return part.text;
        }
    }

    enum Part {
        AGENT_KILLED("node agent kill -9"),
        AGENTS_UPGRADED("node agents rolled"),
        OPERATOR_KILLED("operator kill -9");

        private final String text;

        Part(String text) {
            this.text = text;
        }
    }

    /** Something that Kubernetes needs is away while the step's other actions happen, and comes back. */
    record Outage(Component component, String node) implements Action {
        @Override
        public String kind() {
            return component.text;
        }
    }

    enum Component {
        API_SERVER("API server down"),
        KUBELET("kubelet killed"),
        CONTAINERD("containerd killed"),
        NODE("node down and back"),
        /** Of a node: all that is written there but images. */
        DISK("disk full"),
        /** Of the whole machine, whose clock it is. */
        CLOCK("clock jump");

        private final String text;

        Component(String text) {
            this.text = text;
        }

        /** Whether there is one on each node. */
        boolean ofANode() {
            return this != API_SERVER && this != CLOCK;
        }

        /** Whether Skete's own parts are hit meanwhile too: not while nobody could start them again. */
        boolean leavesPodsToBeStarted() {
            return this == DISK || this == CLOCK;
        }
    }
}
