package dev.skete.e2e.chaos;

/**
 * A guest's pod, as the API server has it.
 *
 * @param uid of the pod
 * @param unit the Unikernel it belongs to
 * @param over whether it has ended for good, or its node refused it
 * @param answer the first two lines that it answers on its address: its greeting and its name; empty if it does not answer
 */
record Guest(
        String pod,
        String uid,
        String unit,
        String node,
        String ip,
        boolean leaving,
        boolean over,
        int restarts,
        boolean ready,
        String answer) {

    boolean live() {
        return !leaving && !over;
    }

    @Override
    public String toString() {
        return pod;
    }
}
