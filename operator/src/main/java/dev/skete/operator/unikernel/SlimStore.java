package dev.skete.operator.unikernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Where a watch keeps its objects, without managedFields, often half of an object: field ownership is the API server's business, not ours.
 * What was applied to an object that goes is forgotten with it.
 */
final class SlimStore<T extends HasMetadata> extends BasicItemStore<T> {
    private final AppliedMemory memory;

    SlimStore(AppliedMemory memory) {
        super(Cache::metaNamespaceKeyFunc);
        this.memory = memory;
    }

    @Override
    public T put(String key, T object) {
        object.getMetadata().setManagedFields(null);
        return super.put(key, object);
    }

    @Override
    public @Nullable T remove(String key) {
        T gone = super.remove(key);
        if (gone != null) {
            memory.forget(gone);
        }
        return gone;
    }
}
