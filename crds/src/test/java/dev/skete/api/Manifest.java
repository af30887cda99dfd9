package dev.skete.api;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The manifests in src/test/resources/crd. */
final class Manifest {
    private Manifest() {}

    /** A manifest that the API server accepts. */
    static GenericKubernetesResource valid(String name) {
        return read(name, GenericKubernetesResource.class);
    }

    static <T> T read(String name, Class<T> type) {
        try (InputStream yaml = Manifest.class.getResourceAsStream("/crd/" + name + ".yaml")) {
            return Serialization.unmarshal(Objects.requireNonNull(yaml, name), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
