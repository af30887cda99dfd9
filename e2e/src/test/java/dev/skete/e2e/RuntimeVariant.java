package dev.skete.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.skete.e2e.fixture.Sandbox;

/** A runtime of one test: a built-in one with some fields of its spec replaced. Gone when it is closed, with all that use it. */
public record RuntimeVariant(Sandbox sandbox, String name) implements AutoCloseable {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** The built-in runtime with these lines of YAML in its spec. */
    static RuntimeVariant of(Sandbox sandbox, String base, String fields) {
        return of(sandbox, base, base, fields);
    }

    /** The same where one test needs several at a time; each has a prefix of its own. */
    public static RuntimeVariant of(Sandbox sandbox, String prefix, String base, String fields) {
        var name = prefix + "-" + sandbox.namespace();
        try {
            var runtime = (ObjectNode) YAML.readTree(sandbox.kubectl("get", "unikernelruntime", base, "-o", "yaml")
                    .run());
            runtime.putObject("metadata").put("name", name);
            runtime.remove("status");
            merge((ObjectNode) runtime.get("spec"), (ObjectNode) YAML.readTree(fields));
            sandbox.apply(YAML.writeValueAsString(runtime));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not fields of a runtime: " + fields, e);
        }
        return new RuntimeVariant(sandbox, name);
    }

    /** Objects are merged, all else is replaced. */
    private static void merge(ObjectNode into, ObjectNode fields) {
        fields.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode part && into.get(field.getKey()) instanceof ObjectNode whole) {
                merge(whole, part);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    /** The same Unikernel on this runtime. */
    public String used(String unikernel) {
        return unikernel.replaceAll("(?m)^  runtime: .*$", "  runtime: " + name);
    }

    @Override
    public void close() {
        sandbox.kubectl("delete", "unikernelruntime", name).run();
    }
}
