package dev.skete.agent.device;

/**
 * What the boot probe found.
 *
 * @param detail one sentence for a human
 */
public record KvmResult(Verdict verdict, String detail) {

    /** The outcomes; the names are metric labels. */
    public enum Verdict {
        Usable,
        SwitchedOff,
        Absent,
        NoVmmPack,
        TooSlow,
        Failed
    }

    public boolean usable() {
        return verdict == Verdict.Usable;
    }
}
