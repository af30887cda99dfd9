package dev.skete.operator.unikernel.compile;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Arithmetic on Kubernetes quantities, exact to the byte and to the thousandth of a CPU. */
final class Amounts {
    private static final long MEBI = 1024 * 1024;

    private Amounts() {}

    /** Whole mebibytes, rounded down: what the VMM gives the guest must never exceed what the pod may use. */
    static int mebibytes(Quantity memory) {
        return Math.toIntExact(bytes(memory) / MEBI);
    }

    static Quantity memorySum(Quantity a, Quantity b) {
        long bytes = bytes(a) + bytes(b);
        return bytes % MEBI == 0 ? new Quantity(bytes / MEBI + "Mi") : new Quantity(Long.toString(bytes));
    }

    static Quantity cpuSum(Quantity a, Quantity b) {
        var milli = a.getNumericalAmount().add(b.getNumericalAmount()).multiply(BigDecimal.valueOf(1000));
        return new Quantity(milli.setScale(0, RoundingMode.CEILING).toBigInteger() + "m");
    }

    private static long bytes(Quantity memory) {
        return memory.getNumericalAmount().setScale(0, RoundingMode.CEILING).longValueExact();
    }
}
