package dev.skete.operator.unikernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import org.junit.jupiter.api.Test;

class SlimStoreTest {
    private final AppliedMemory memory = new AppliedMemory();
    private final SlimStore<Service> store = new SlimStore<>(memory);
    private final Service service = new ServiceBuilder()
            .withNewMetadata()
            .withUid("1")
            .addNewManagedField()
            .withManager("kubectl")
            .endManagedField()
            .endMetadata()
            .build();

    @Test
    void nobodyKeepsWhoOwnsWhichField() {
        store.put("hello", service);
        assertThat(store.get("hello").getMetadata().getManagedFields()).isNullOrEmpty();
    }

    /** Else an operator grows with every guest that ever was. */
    @Test
    void whatIsGoneIsForgotten() {
        store.put("hello", service);
        memory.remember(service, service);
        assertThat(memory.upToDate(service, service)).isTrue();

        store.remove("hello");

        assertThat(memory.upToDate(service, service)).isFalse();
    }

    @Test
    void whatWasNeverThereMayGo() {
        assertThat(store.remove("hello")).isNull();
    }
}
