package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.NamedPort;
import dev.slipway.contracts.policy.Target;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortFinderTest {
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");

    @TempDir
    Path directory = Path.of("");

    private final Target target = SampleBuild.target("well");

    @Test
    void a_program_is_where_it_was_before_unless_somebody_else_is_there() throws IOException {
        int before;
        try (ServerSocket other = new ServerSocket(0, 1, HOST)) {
            before = other.getLocalPort();

            assertThat(found(before)).isNotEqualTo(before);
            assertThat(PortFinder.taken(before)).isTrue();
        }

        assertThat(PortFinder.taken(before)).isFalse();
        assertThat(found(before)).isEqualTo(before);
    }

    @Test
    void whoever_asks_at_an_address_of_before_while_it_is_sought_is_refused_and_not_taken_and_dropped()
            throws IOException {
        int before = found(0);
        List<Closeable> held = new ArrayList<>();
        try {
            assertThat(PortFinder.free(before, held)).isEqualTo(before);
            assertThat(PortFinder.listens(before)).isFalse();
        } finally {
            close(held);
        }
        try {
            assertThat(PortFinder.keep(before, held))
                    .as("a port that its policy names")
                    .isNull();
            assertThat(PortFinder.listens(before)).isFalse();
        } finally {
            close(held);
        }
    }

    @Test
    void as_many_named_ports_as_a_policy_may_have_are_found_and_none_twice() throws IOException {
        Map<String, NamedPort> many = IntStream.range(0, Target.PORTS_MAX)
                .boxed()
                .collect(Collectors.toMap(number -> "port-" + number, _ -> new NamedPort(null, null)));

        PortFinder.Found found =
                PortFinder.find(needing(many), directory, "shop@1.0.0/production/1", new Ports(0, Map.of()));

        assertThat(found).isInstanceOfSatisfying(PortFinder.Found.Free.class, free -> {
            assertThat(free.ports().all()).hasSize(65).doesNotHaveDuplicates();
            List<String> silent = PortFinder.silent(free.ports(), needing(many));
            assertThat(PortFinder.told(silent)).startsWith("for traffic (").endsWith(", nor on 55 more");
            assertThat(PortFinder.told(silent.subList(0, 2)))
                    .contains(", nor on its port port-0 (")
                    .doesNotContain("more");
        });
    }

    private Target needing(Map<String, NamedPort> ports) {
        return new Target(
                target.type(),
                target.command(),
                target.portEnv(),
                target.health(),
                false,
                null,
                ports,
                Map.of(),
                null,
                null,
                null,
                null,
                null);
    }

    private static void close(List<Closeable> held) throws IOException {
        for (Closeable each : held) {
            each.close();
        }
    }

    private int found(int before) throws IOException {
        return PortFinder.find(target, directory, "shop@1.0.0/production/1", new Ports(before, Map.of()))
                        instanceof PortFinder.Found.Free(Ports ports)
                ? ports.traffic()
                : 0;
    }
}
