package dev.skete.agent.launch;

import dev.skete.agent.peer.Peer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A launcher that asks, and what it said. */
record LaunchRequest(Peer peer, Introduction.Complete said) {

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
