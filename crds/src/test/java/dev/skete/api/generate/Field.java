package dev.skete.api.generate;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/** Access to the fields of an object's schema. */
final class Field {
    private Field() {}

    static JSONSchemaProps of(JSONSchemaProps object, String name) {
        var field = object.getProperties().get(name);
        if (field == null) {
            throw new IllegalStateException("the generated schema has no field " + name + ", only "
                    + object.getProperties().keySet());
        }
        return field;
    }
}
