package dev.skete.api;

/** Labels of the objects Skete makes. */
public final class Labels {
    /** Kubernetes' recommended label for the name of an application; here the Unikernel's name. */
    public static final String NAME = "app.kubernetes.io/name";

    /** Who made the object: {@value #SKETE}. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** What the object is within Skete: {@value #GUEST}. */
    public static final String COMPONENT = "app.kubernetes.io/component";

    /** The Unikernel an object belongs to; selectors use it. */
    public static final String UNIKERNEL = "skete.dev/unikernel";

    public static final String SKETE = "skete";
    public static final String GUEST = "guest";

    private Labels() {}
}
