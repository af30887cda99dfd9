package dev.skete.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How server-side apply merges a list: {@code x-kubernetes-list-type}. Every list has one. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ListType {
    Kind value();

    /** The fields that identify an element of a {@link Kind#MAP}. */
    String[] keys() default {};

    /** The values Kubernetes knows. */
    enum Kind {
        /** The list has one owner, who replaces it whole. */
        ATOMIC,
        /** Elements are owned one by one and identified by the keys; two with equal keys are refused. */
        MAP
    }
}
