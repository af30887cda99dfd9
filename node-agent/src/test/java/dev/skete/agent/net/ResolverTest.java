package dev.skete.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ResolverTest {
    @Test
    void whatAKubeletWritesIsRead() {
        var resolver = Resolver.parse("""
                search shop.svc.cluster.local svc.cluster.local cluster.local
                nameserver 10.96.0.10
                options ndots:5
                """);

        assertThat(resolver.nameServers()).containsExactly(Inet4Address.ofLiteral("10.96.0.10"));
        assertThat(resolver.searchDomains())
                .containsExactly("shop.svc.cluster.local", "svc.cluster.local", "cluster.local");
    }

    @Test
    void whatMakesNoSenseIsPassedOver() {
        var resolver = Resolver.parse("""
                # nameserver 10.0.0.1
                nameserver fd00::10
                nameserver 999.1.1.1
                nameserver example.org
                nameserver
                search ok;rm$(x) -dash fine.example
                """);

        assertThat(resolver.nameServers()).isEmpty();
        assertThat(resolver.searchDomains()).containsExactly("fine.example");
    }

    @Property
    void anyTextIsReadWithoutHarm(@ForAll String text) {
        assertThat(Resolver.parse("nameserver " + text).searchDomains()).isNotNull();
    }
}
