package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FrontDoorsTest {
    private static final Plan PLAN = new Plan(
            "run",
            2,
            new PlatformPorts(1, 2, 3, 4, 5),
            List.of(
                    new Plan.Planned("platform", 1),
                    new Plan.Planned("release-service", 9000),
                    new Plan.Planned("gateway", 8080, 8000),
                    new Plan.Planned("gateway-2", 8081, 8001)),
            null);

    @Test
    void the_gateway_of_a_port_alone_serves_there() {
        assertThat(servingAt(8000, List.of(), "platform", "release-service", "gateway", "gateway-2"))
                .containsExactly("gateway");
        assertThat(servingAt(8001, List.of(), "platform", "release-service", "gateway", "gateway-2"))
                .containsExactly("gateway-2");
        assertThat(servingAt(8000, List.of(), "platform", "release-service", "gateway-2"))
                .isEmpty();
    }

    @Test
    void one_that_was_asked_to_end_serves_no_longer() {
        assertThat(servingAt(8000, List.of("gateway"), "gateway", "gateway-2")).isEmpty();
    }

    @Test
    void one_that_the_plan_does_not_name_may_serve_anywhere() {
        assertThat(servingAt(8000, List.of(), "gateway-2", "gateway-3")).containsExactly("gateway-3");
        assertThat(servingAt(8001, List.of("gateway-3"), "gateway-3")).isEmpty();
    }

    private static List<String> servingAt(int port, List<String> ending, String... alive) {
        ProcessTable table = new ProcessTable(Stream.of(alive)
                .map(name -> new ProcessRecord(name, 1, Instant.EPOCH, 0, "run", ""))
                .toList());
        return FrontDoors.servingAt(port, PLAN, table, ending).stream()
                .map(ProcessRecord::name)
                .toList();
    }
}
