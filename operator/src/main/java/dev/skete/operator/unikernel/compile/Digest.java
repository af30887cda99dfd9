package dev.skete.operator.unikernel.compile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short digest of an object's JSON; equal objects have equal digests whatever the order of their maps. */
public final class Digest {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final int BYTES = 8;

    private Digest() {}

    /** An object without one of its fields, to take the digest of. */
    static Object without(String field, Object object) {
        ObjectNode tree = JSON.valueToTree(object);
        tree.remove(field);
        return tree;
    }

    /** The digest of {@code object} as 16 hexadecimal digits. */
    public static String of(Object object) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(object));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("API objects have JSON, and every JDK has SHA-256", e);
        }
    }
}
