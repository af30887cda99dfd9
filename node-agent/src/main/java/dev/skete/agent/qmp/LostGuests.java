package dev.skete.agent.qmp;

/** Ends guests that are lost while their VMM lives on. */
@FunctionalInterface
public interface LostGuests {
    /** Ends a pod's guest as a failure; false if that is not possible now. */
    boolean end(String podUid);
}
