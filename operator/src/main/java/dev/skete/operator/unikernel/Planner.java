package dev.skete.operator.unikernel;

import dev.skete.api.Accelerator;
import dev.skete.api.ConditionReason;
import dev.skete.api.UnikernelRuntimeSpec;
import dev.skete.api.UnikernelSpec;
import dev.skete.operator.runtime.RuntimeLookup;
import dev.skete.operator.unikernel.accelerator.AcceleratorChoice;
import dev.skete.operator.unikernel.compile.Children;
import dev.skete.operator.unikernel.compile.Compiler;
import dev.skete.operator.unikernel.compile.ExposedSecrets;
import dev.skete.operator.unikernel.compile.LiveWorkload;
import dev.skete.operator.unikernel.compile.Marks;
import dev.skete.operator.unikernel.compile.Mismatch;
import dev.skete.operator.unikernel.compile.Wanted;
import dev.skete.operator.unikernel.status.Statuses;
import dev.skete.operator.unikernel.status.Verdict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides what to do about a Unikernel: a pure function of what was seen. */
final class Planner {
    private Planner() {}

    static Plan plan(Snapshot seen) {
        if (jobIsOverAndGone(seen)) {
            return new Plan.RestInPeace();
        }
        return switch (seen.runtime()) {
            case RuntimeLookup.Missing(var name) ->
                new Plan.Hold(
                        new Verdict(
                                ConditionReason.RuntimeNotFound,
                                "There is no UnikernelRuntime " + name
                                        + ". Create it, or correct spec.runtime; kubectl get unikernelruntimes lists those there are."));
            case RuntimeLookup.UnknownVmm(var name, var vmm) ->
                new Plan.Hold(new Verdict(
                        ConditionReason.UnknownVmm,
                        "UnikernelRuntime " + name + " asks for the virtual machine monitor " + vmm
                                + ", which this release does not have. It has: "
                                + String.join(", ", RuntimeLookup.KNOWN_VMMS) + "."));
            case RuntimeLookup.Found(var runtime) ->
                obstacle(seen.unikernel().getSpec(), runtime)
                        .<Plan>map(Plan.Hold::new)
                        .orElseGet(() -> apply(seen, runtime));
        };
    }

    private static Optional<Verdict> obstacle(UnikernelSpec spec, UnikernelRuntimeSpec runtime) {
        return Mismatch.of(spec, runtime)
                .map(problem -> new Verdict(ConditionReason.RuntimeInvalid, problem))
                .or(() -> ExposedSecrets.of(spec, runtime)
                        .map(problem -> new Verdict(ConditionReason.SecretOnCommandLine, problem)));
    }

    /** Its time to live may have removed a finished Job, or a person; creating it again would run the guest a second time. */
    private static boolean jobIsOverAndGone(Snapshot seen) {
        var wanted = new Wanted(seen.unikernel().getSpec());
        return !wanted.serves()
                && !wanted.scheduled()
                && seen.children().job().isEmpty()
                && Statuses.over(seen.unikernel().getStatus());
    }

    private static Plan apply(Snapshot seen, UnikernelRuntimeSpec runtime) {
        var spec = seen.unikernel().getSpec();
        var policy = new Wanted(spec).accelerator();
        var choice = AcceleratorChoice.choose(policy, bound(seen, runtime), seen.offers());
        return KvmOnly.obstacle(policy, spec.runtime(), runtime, choice)
                .<Plan>map(Plan.Hold::new)
                .orElseGet(() -> apply(seen, runtime, choice));
    }

    private static Plan apply(Snapshot seen, UnikernelRuntimeSpec runtime, AcceleratorChoice choice) {
        var children = Compiler.compile(seen.unikernel(), runtime, choice.accelerator(), seen.seccomp());
        var wanted = children.all().stream().map(c -> writable(c, seen)).toList();
        return new Plan.Apply(wanted, unwanted(seen, children), choice);
    }

    /** The accelerator under guests that would run on undisturbed if it stayed. */
    private static Optional<Accelerator> bound(Snapshot seen, UnikernelRuntimeSpec runtime) {
        if (seen.pods().stream().noneMatch(p -> p.getSpec().getNodeName() != null)) {
            return Optional.empty();
        }
        return seen.children()
                .workload()
                .flatMap(live -> Marks.annotation(live, Marks.ACCELERATOR)
                        .map(Accelerator::valueOf)
                        .filter(a -> seen.children().job().isPresent()
                                || Marks.agree(
                                        Marks.ASKED,
                                        live,
                                        Compiler.compile(seen.unikernel(), runtime, a, seen.seccomp())
                                                .workload())));
    }

    private static HasMetadata writable(HasMetadata wanted, Snapshot seen) {
        var noted = Statuses.over(seen.unikernel().getStatus()) ? wanted : LiveWorkload.untilItsEndIsNoted(wanted);
        return seen.children()
                .ofKind(wanted.getKind())
                .map(live -> LiveWorkload.over(live, noted, seen.pods()))
                .orElse(noted);
    }

    private static List<HasMetadata> unwanted(Snapshot seen, Children children) {
        var kinds = children.all().stream().map(HasMetadata::getKind).collect(Collectors.toSet());
        return seen.children().all().stream()
                .filter(c -> !kinds.contains(c.getKind()))
                .toList();
    }
}
