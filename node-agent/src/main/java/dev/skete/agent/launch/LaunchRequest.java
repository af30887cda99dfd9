package dev.skete.agent.launch;

import dev.skete.agent.peer.Peer;
import dev.skete.agent.report.PodRef;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A launcher that asks, and what it said. */
record LaunchRequest(Peer peer, Introduction.Complete said) {

    /** The pod by the name that the launcher gives it, if it gives one. */
    Optional<PodRef> pod() {
        return find("SKETE_POD_NAMESPACE")
                .flatMap(namespace -> find("SKETE_POD_NAME")
                        .flatMap(
                                name -> PodRef.named(namespace, name, peer.pod().podUid())));
    }

    @Nullable String variable(String name) {
        return find(name).orElse(null);
    }

    String variable(String name, String otherwise) {
        return find(name).orElse(otherwise);
    }

    private Optional<String> find(String name) {
        List<String> environment = said.environment();
        return environment.stream()
                .filter(entry -> entry.startsWith(name + "="))
                .findFirst()
                .map(entry -> entry.substring(name.length() + 1));
    }
}
