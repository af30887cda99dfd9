package dev.skete.operator.unikernel.compile;

import dev.skete.api.Labels;
import dev.skete.api.Unikernel;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The annotations, labels and owner reference by which Skete knows its own. */
public final class Marks {
    /** On the workload: the accelerator its guests were compiled for; the memory of the choice. */
    public static final String ACCELERATOR = "skete.dev/accelerator";

    /** On the workload: digest of the pod template as compiled, before the API server filled in defaults. */
    public static final String TEMPLATE = "skete.dev/template";

    /** On the workload: digest of what the pod template was compiled from. */
    public static final String ASKED = "skete.dev/asked";

    /** Selects everything the operator watches. */
    public static final String SELECTOR = Labels.MANAGED_BY + "=" + Labels.SKETE;

    private Marks() {}

    /** Whether one object is the controller of another. Only what its Unikernel controls may the operator change or delete. */
    public static boolean controls(HasMetadata owner, HasMetadata object) {
        return controller(object)
                .filter(o -> o.getUid().equals(owner.getMetadata().getUid()))
                .isPresent();
    }

    /** Whether an object belongs to a deleted Unikernel of the same name, whose children the garbage collector has not reached yet. */
    public static boolean belongsToNamesake(Unikernel unikernel, HasMetadata object) {
        return controller(object)
                .filter(o -> o.getKind().equals(unikernel.getKind()))
                .filter(o -> o.getName().equals(unikernel.getMetadata().getName()))
                .isPresent();
    }

    /** The owner that controls an object. */
    public static Optional<OwnerReference> controller(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(o -> Boolean.TRUE.equals(o.getController()))
                .findFirst();
    }

    /** An annotation's value. */
    public static Optional<String> annotation(HasMetadata object, String key) {
        return Optional.ofNullable(object.getMetadata().getAnnotations()).map(a -> a.get(key));
    }

    /** Whether an annotation says the same on two objects. */
    public static boolean agree(String key, HasMetadata a, HasMetadata b) {
        return annotation(a, key).equals(annotation(b, key));
    }

    /** The labels that select the pods of a Unikernel; a Deployment's selector cannot change, so neither can they. */
    public static Map<String, String> podSelector(Unikernel unikernel) {
        return Map.of(Labels.UNIKERNEL, unikernel.getMetadata().getName());
    }

    static SortedMap<String, String> labels(Unikernel unikernel) {
        var labels = new TreeMap<String, String>();
        labels.put(Labels.NAME, unikernel.getMetadata().getName());
        labels.put(Labels.MANAGED_BY, Labels.SKETE);
        labels.put(Labels.UNIKERNEL, unikernel.getMetadata().getName());
        return labels;
    }

    static SortedMap<String, String> podLabels(Unikernel unikernel, Map<String, String> wanted) {
        var labels = new TreeMap<>(wanted);
        labels.putAll(labels(unikernel));
        labels.put(Labels.COMPONENT, Labels.GUEST);
        return labels;
    }

    static ObjectMeta childOf(Unikernel unikernel) {
        return new ObjectMetaBuilder()
                .withName(unikernel.getMetadata().getName())
                .withNamespace(unikernel.getMetadata().getNamespace())
                .withLabels(labels(unikernel))
                .withOwnerReferences(controllerReference(unikernel))
                .build();
    }

    private static OwnerReference controllerReference(Unikernel unikernel) {
        // No blockOwnerDeletion: where the API server enforces it, setting it needs permission to update finalizers.
        return new OwnerReferenceBuilder()
                .withApiVersion(unikernel.getApiVersion())
                .withKind(unikernel.getKind())
                .withName(unikernel.getMetadata().getName())
                .withUid(unikernel.getMetadata().getUid())
                .withController(true)
                .build();
    }
}
