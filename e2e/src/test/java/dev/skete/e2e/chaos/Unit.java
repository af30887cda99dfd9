package dev.skete.e2e.chaos;

/**
 * A Unikernel as the walk wants it to be.
 *
 * @param version told by its guests' greeting
 * @param worn how many of its guests were ended by faults since all of them were new: the kubelet lets a guest wait that ends a second time
 */
record Unit(String name, Kind kind, int replicas, int version, int worn, Phase phase) {

    enum Kind {
        /** Serves, and is watched by a readiness probe. */
        SERVES,
        /** Serves, and a liveness probe ends a guest that does not answer. */
        GUARDED,
        /** Runs to completion, and only a fault or a request ends it. */
        RUNS
    }

    enum Phase {
        UP,
        /** One of its guests is stopped, and nothing but the walk continues it. */
        FROZEN,
        SUSPENDED,
        /** Has run to its end. */
        DONE
    }

    static Unit created(String name, Kind kind, int replicas) {
        return new Unit(name, kind, replicas, 1, 0, Phase.UP);
    }

    /** How many guests there should be. */
    int guests() {
        return phase == Phase.UP || phase == Phase.FROZEN ? replicas : 0;
    }

    /** How many of them should be stopped. */
    int frozen() {
        return phase == Phase.FROZEN ? 1 : 0;
    }

    boolean serves() {
        return kind != Kind.RUNS;
    }

    /** Whether a guest can be ended without having to wait for the kubelet's patience. */
    boolean hasFreshGuest() {
        return phase == Phase.UP && worn < replicas;
    }

    /** The greeting of every guest of this version. */
    String greeting() {
        return name + " v" + version;
    }

    Unit scaled(int to) {
        return new Unit(name, kind, to, version, Math.min(worn, to), phase);
    }

    Unit updated() {
        return new Unit(name, kind, replicas, version + 1, 0, phase);
    }

    Unit in(Phase next) {
        return new Unit(name, kind, replicas, version, worn, next);
    }

    /** In which all guests are new. */
    Unit anew(Phase next) {
        return new Unit(name, kind, replicas, version, 0, next);
    }

    Unit wornMore() {
        return new Unit(name, kind, replicas, version, worn + 1, phase);
    }
}
