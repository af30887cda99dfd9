package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skete.api.InvalidLaunchPlanException.Problem;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The JSON form of a {@link LaunchPlan}: equal plans give equal text, so that a guest's pod template does not change without need. */
public final class LaunchPlanJson {
    /** A plan as long as a variable can be may have that many more brackets, each of which takes a hundred times its byte. */
    private static final int MOST_TOKENS = 10_000;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // Else an empty text would become a null where none is expected.
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private LaunchPlanJson() {}

    /** The plan as one line of JSON without any dollar sign: the kubelet would expand {@code $(NAME)} in a variable's value. */
    public static String encode(LaunchPlan plan) {
        try {
            return JSON.writeValueAsString(plan).replace("$", "\\u0024");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a launch plan is plain data, which always has a JSON form", e);
        }
    }

    /**
     * Reads a plan. One that says something this code does not know is refused: launched without it, the guest would be another one than
     * was asked for. A newer operator leaves a field out while it says nothing new, and then any agent of this version reads its plans.
     */
    public static LaunchPlan decode(String json) throws InvalidLaunchPlanException {
        JsonNode tree = parse(json);
        requireKnownVersion(tree);
        requireFields(LaunchPlan.class, tree, "");
        try {
            return JSON.treeToValue(tree, LaunchPlan.class);
        } catch (UnrecognizedPropertyException e) {
            throw new InvalidLaunchPlanException(
                    Problem.UNKNOWN_FIELD,
                    "the launch plan asks for %s, which this node agent does not know: the operator is newer; upgrade the node agents"
                            .formatted(path(e)),
                    e);
        } catch (JsonProcessingException e) {
            throw new InvalidLaunchPlanException(
                    Problem.BAD_VALUE,
                    "the launch plan has a bad value at %s; if the operator is newer than this node agent, upgrade the node agents"
                            .formatted(path(e)),
                    e);
        }
    }

    private static JsonNode parse(String json) throws InvalidLaunchPlanException {
        try {
            JsonNode tree = JSON.readTree(json);
            if (tree.isObject()) {
                return tree;
            }
        } catch (StreamConstraintsException e) {
            throw new InvalidLaunchPlanException(
                    Problem.BAD_VALUE, "the launch plan has too many parts, or one that is too long or too deep", e);
        } catch (JsonProcessingException e) {
            throw new InvalidLaunchPlanException(Problem.NOT_JSON, "the launch plan is not JSON", e);
        }
        throw new InvalidLaunchPlanException(Problem.NOT_JSON, "the launch plan is not a JSON object", null);
    }

    private static void requireKnownVersion(JsonNode tree) throws InvalidLaunchPlanException {
        JsonNode version = tree.path("version");
        if (!version.isInt() || version.intValue() != LaunchPlan.CURRENT_VERSION) {
            boolean newer = version.isInt() && version.intValue() > LaunchPlan.CURRENT_VERSION;
            throw new InvalidLaunchPlanException(
                    Problem.UNKNOWN_VERSION,
                    "the launch plan has version %s and this node agent reads %d: %s"
                            .formatted(
                                    version.isMissingNode() ? "none" : version,
                                    LaunchPlan.CURRENT_VERSION,
                                    newer
                                            ? "the operator is newer; upgrade the node agents"
                                            : "it was not written by Skete's operator"),
                    null);
        }
    }

    private static void requireFields(Class<?> type, JsonNode object, String path) throws InvalidLaunchPlanException {
        for (RecordComponent field : type.getRecordComponents()) {
            String name = path + field.getName();
            JsonNode value = object.path(field.getName());
            boolean absent = value.isMissingNode() || value.isNull();
            if (absent && !field.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw lacks(name);
            }
            if (!absent && field.getType().isRecord()) {
                requireFields(field.getType(), value, name + ".");
            }
            if (!absent && field.getGenericType() instanceof ParameterizedType collection) {
                requireElements(collection, value, name + ".");
            }
        }
    }

    /** Of a list, or the values of a map. */
    private static void requireElements(ParameterizedType collection, JsonNode values, String path)
            throws InvalidLaunchPlanException {
        var types = collection.getActualTypeArguments();
        int place = 0;
        for (JsonNode value : values) {
            String name = path + place++;
            if (value.isNull()) {
                throw lacks(name);
            }
            if (types[types.length - 1] instanceof Class<?> type && type.isRecord()) {
                requireFields(type, value, name + ".");
            }
        }
    }

    private static InvalidLaunchPlanException lacks(String name) {
        return new InvalidLaunchPlanException(
                Problem.MISSING_FIELD,
                "the launch plan lacks " + name + ": it was not written by Skete's operator",
                null);
    }

    private static String path(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return "an unknown place";
        }
        return mapping.getPath().stream()
                .map(r -> r.getFieldName() != null ? r.getFieldName() : Integer.toString(r.getIndex()))
                .collect(Collectors.joining("."));
    }
}
