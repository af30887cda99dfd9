package dev.skete.agent.launch;

/** The power buttons of the guests' machines. */
@FunctionalInterface
public interface PowerButton {
    /** Presses a pod's; false if its machine cannot be reached now. */
    boolean press(String podUid);
}
