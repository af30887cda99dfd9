package dev.skete.operator.unikernel;

import dev.skete.api.ConditionReason;
import dev.skete.api.Unikernel;
import dev.skete.operator.unikernel.compile.Marks;
import dev.skete.operator.unikernel.status.Verdict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Writes children: by server-side apply, never to an object that belongs to somebody else. */
final class ChildApplier {
    static final String FIELD_MANAGER = "skete-operator";

    private static final int UNPROCESSABLE = 422;

    /** What the API server answers when the request itself is at fault, or may not be made; anything else is worth trying again soon. */
    private static final Set<Integer> REFUSALS = Set.of(
            HttpURLConnection.HTTP_BAD_REQUEST,
            HttpURLConnection.HTTP_FORBIDDEN,
            HttpURLConnection.HTTP_NOT_FOUND,
            UNPROCESSABLE);

    private final KubernetesClient client;
    private final AppliedMemory memory;

    ChildApplier(KubernetesClient client, AppliedMemory memory) {
        this.client = client;
        this.memory = memory;
    }

    /** What was done, if anything, and the child as it is now. */
    record Applied(HasMetadata live, Optional<Change> change) {}

    /** Brings one child to its wanted state. */
    Applied apply(Unikernel owner, HasMetadata wanted, Optional<HasMetadata> seen) throws ChildRefusedException {
        try {
            var live = seen.or(() -> Optional.ofNullable(client.resource(wanted).get()));
            if (live.isPresent()) {
                refuseForeign(owner, live.get());
            }
            return live.filter(l -> memory.upToDate(wanted, l))
                    .map(l -> new Applied(l, Optional.empty()))
                    .orElseGet(() -> write(wanted, live));
        } catch (KubernetesClientException e) {
            throw translated(wanted, e);
        }
    }

    /** Deletes one child, and its own children with it; only the very object that was seen. */
    Change remove(HasMetadata child) throws ChildRefusedException {
        try {
            List<StatusDetails> deleted = client.resource(child)
                    .lockResourceVersion(child.getMetadata().getResourceVersion())
                    .delete();
            Objects.requireNonNull(deleted, "the client answers with what it deleted");
            return Change.of(Change.Verb.Deleted, child);
        } catch (KubernetesClientException e) {
            throw translated(child, e);
        }
    }

    private Applied write(HasMetadata wanted, Optional<HasMetadata> live) {
        // Forced: what the compiler writes is the operator's to decide, so a manual change to it is taken back.
        var result = client.resource(live.map(l -> exactly(wanted, l)).orElse(wanted))
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
        memory.remember(wanted, result);
        return new Applied(result, change(live, result));
    }

    /**
     * With the UID the API server changes that very object or refuses. Without it, it would create one that was deleted a moment ago anew:
     * a Job that has run to its end and whose time to live is over would run a second time.
     */
    private HasMetadata exactly(HasMetadata wanted, HasMetadata live) {
        var update = client.getKubernetesSerialization().clone(wanted);
        update.getMetadata().setUid(live.getMetadata().getUid());
        return update;
    }

    private static Optional<Change> change(Optional<HasMetadata> before, HasMetadata after) {
        if (before.isEmpty()) {
            return Optional.of(Change.of(Change.Verb.Created, after));
        }
        return before.filter(b -> !Objects.equals(
                        b.getMetadata().getResourceVersion(),
                        after.getMetadata().getResourceVersion()))
                .map(b -> Change.of(Change.Verb.Updated, after));
    }

    private static void refuseForeign(Unikernel owner, HasMetadata live) throws ChildRefusedException {
        if (Marks.controls(owner, live)) {
            return;
        }
        var what = live.getKind() + " " + live.getMetadata().getName();
        throw new ChildRefusedException(
                Marks.belongsToNamesake(owner, live)
                        ? new Verdict(
                                ConditionReason.Progressing,
                                "Waits until " + what + " of an earlier Unikernel of this name is gone.")
                        : new Verdict(
                                ConditionReason.NameConflict,
                                "A " + what + " exists that does not belong to this Unikernel. Remove it, or give the"
                                        + " Unikernel another name."));
    }

    private static ChildRefusedException translated(HasMetadata child, KubernetesClientException e) {
        if (!REFUSALS.contains(e.getCode())) {
            throw e;
        }
        var says = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
        return new ChildRefusedException(
                new Verdict(
                        ConditionReason.ChildRefused, "The API server refuses the " + child.getKind() + ": " + says),
                e);
    }
}
