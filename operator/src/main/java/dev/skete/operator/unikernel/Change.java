package dev.skete.operator.unikernel;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Something the operator did to a child. */
record Change(Verb verb, String kind, String name) {
    /** Reasons of the events that tell of it; part of the API. */
    enum Verb {
        Created,
        Updated,
        Deleted
    }

    static Change of(Verb verb, HasMetadata child) {
        return new Change(verb, child.getKind(), child.getMetadata().getName());
    }
}
