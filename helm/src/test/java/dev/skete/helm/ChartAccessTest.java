package dev.skete.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What each part may do, word for word: a right more is a decision, not a detail. */
class ChartAccessTest {
    private final List<JsonNode> documents = Chart.render(Map.of());

    @Test
    void theOperatorMayDoThisAndNothingElse() {
        assertThat(rules("ClusterRole", "skete-operator"))
                .containsExactly(
                        "skete.dev unikernels,unikernelruntimes: get list watch",
                        "skete.dev unikernels/status: patch update",
                        "skete.dev unikernels/finalizers: update",
                        "apps deployments: get list watch create patch update delete",
                        "batch jobs,cronjobs: get list watch create patch update delete",
                        " services: get list watch create patch update delete",
                        "policy poddisruptionbudgets: get list watch create patch update delete",
                        " pods,nodes: get list watch",
                        ",events.k8s.io events: create patch",
                        " events: list");
        assertThat(rules("Role", "skete-operator"))
                .containsExactly(
                        "coordination.k8s.io leases: create",
                        "coordination.k8s.io leases (only skete-operator): get patch update");
    }

    @Test
    void theAgentMayOnlyReportAndLookAtItself() {
        assertThat(rules("ClusterRole", "skete-node-agent")).containsExactly(" pods/status: patch", " events: create");
        assertThat(rules("Role", "skete-node-agent")).containsExactly("apps daemonsets (only skete-node-agent): get");
    }

    @Test
    void usersOfTheBuiltInRolesMayWorkWithUnikernels() {
        assertThat(rules("ClusterRole", "skete-view"))
                .containsExactly("skete.dev unikernels,unikernels/status,unikernelruntimes: get list watch");
        assertThat(rules("ClusterRole", "skete-edit"))
                .containsExactly("skete.dev unikernels,unikernels/scale: create update patch delete deletecollection");
    }

    @Test
    void nothingElseIsGranted() {
        assertThat(documents)
                .filteredOn(document -> document.path("kind").asText().endsWith("Role"))
                .extracting(document -> document.path("metadata").path("name").asText())
                .containsExactlyInAnyOrder(
                        "skete-operator",
                        "skete-operator",
                        "skete-node-agent",
                        "skete-node-agent",
                        "skete-view",
                        "skete-edit");
    }

    private List<String> rules(String kind, String name) {
        var rules = new ArrayList<String>();
        for (var rule : Chart.find(documents, kind, name).path("rules")) {
            var names = words(rule.path("resourceNames"), ",");
            rules.add("%s %s%s: %s"
                    .formatted(
                            words(rule.path("apiGroups"), ","),
                            words(rule.path("resources"), ","),
                            names.isEmpty() ? "" : " (only " + names + ")",
                            words(rule.path("verbs"), " ")));
        }
        return rules;
    }

    private static String words(JsonNode list, String separator) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(separator));
    }
}
