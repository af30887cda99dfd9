package dev.skete.operator.unikernel;

import dev.skete.operator.unikernel.accelerator.AcceleratorChoice;
import dev.skete.operator.unikernel.status.Verdict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** What is to be done about a Unikernel. */
sealed interface Plan {
    /** Bring the children to this state, and remove those that are no longer wanted. */
    record Apply(List<HasMetadata> wanted, List<HasMetadata> unwanted, AcceleratorChoice choice) implements Plan {}

    /** Leave everything as it is, and say why. */
    record Hold(Verdict obstacle) implements Plan {}

    /** The guest ran to its end and its Job was removed since: it must not run again. */
    record RestInPeace() implements Plan {}
}
