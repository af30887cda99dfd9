package dev.skete.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodRefTest {
    @Test
    void aPodCanHaveDotsInItsName() {
        assertThat(PodRef.named("shop", "hello-0.example", "uid"))
                .contains(new PodRef("shop", "hello-0.example", "uid"));
    }

    @ParameterizedTest
    @CsvSource({
        "shop, ../../secrets/x",
        "shop, a/status",
        "shop, a?dryRun=All",
        "shop, a%2fb",
        "shop, ..",
        "shop, A",
        "shop, ''",
        "kube-system/pods/x, a",
        "'', a",
        "a.b, a"
    })
    void whatIsNoNameNeverGetsIntoARequest(String namespace, String name) {
        assertThat(PodRef.named(namespace, name, "uid")).isEmpty();
    }
}
