package dev.skete.helm;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields that Kubernetes does not have. fabric8's models keep what they do not know in a map called additionalProperties; the API server
 * would drop it with no more than a warning.
 */
final class UnknownFields {
    private final List<String> found = new ArrayList<>();

    private UnknownFields() {}

    /** The paths of unknown fields below {@code object}, a fabric8 model. */
    static List<String> in(Object object) {
        var search = new UnknownFields();
        search.visit(object, object.getClass().getSimpleName());
        return search.found;
    }

    private void visit(Object value, String path) {
        switch (value) {
            case Map<?, ?> map -> map.forEach((key, item) -> visit(item, path + "." + key));
            case List<?> list -> list.forEach(item -> visit(item, path + "[]"));
            default -> {
                if (value.getClass().getName().startsWith("io.fabric8.")) {
                    visitModel(value, path);
                }
            }
        }
    }

    private void visitModel(Object model, String path) {
        for (var method : model.getClass().getMethods()) {
            if (method.getName().equals("getAdditionalProperties")) {
                keysOf(call(method, model)).forEach(key -> found.add(path + "." + key));
            } else if (isGetter(method)) {
                var child = call(method, model);
                if (child != null) {
                    visit(child, path + "." + method.getName().substring(3));
                }
            }
        }
    }

    private static Set<?> keysOf(@Nullable Object map) {
        return map == null ? Set.of() : ((Map<?, ?>) map).keySet();
    }

    private static boolean isGetter(Method method) {
        return method.getName().startsWith("get")
                && method.getParameterCount() == 0
                && !method.getName().equals("getClass")
                && !method.getReturnType().isEnum();
    }

    private static @Nullable Object call(Method method, Object target) {
        try {
            return method.invoke(target);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(method + " of a model cannot be called", e);
        }
    }
}
