package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.shell.CommandFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    private static final PlatformPorts PLATFORM = new PlatformPorts(1, 2, 3, 4, 5);

    @TempDir
    Path folder = Path.of("");

    private final AtomicInteger fresh = new AtomicInteger(100);
    private final Set<Integer> taken = new HashSet<>();
    private final Plan.PortsNow ports = new Plan.PortsNow(port -> !taken.contains(port), fresh::getAndIncrement);

    @Test
    void two_of_everything_are_ten_services_on_ports_of_their_own() {
        Plan plan = plan(2, null);

        assertThat(plan.processes()).extracting(Plan.Planned::name).hasSize(11).contains("platform", "gateway-2");
        assertThat(plan.processes()).extracting(Plan.Planned::port).doesNotHaveDuplicates();
        assertThat(plan.ports(Program.GATEWAY)).hasSize(2).startsWith(8080);
    }

    @Test
    void with_more_instances_those_that_run_stay_where_they_are() {
        Plan one = plan(1, null);
        one.processes().forEach(process -> taken.add(process.port()));

        Plan two = Plan.of("run", 2, PLATFORM, 8080, one, Set.copyOf(taken), ports);

        assertThat(two.processes()).containsAll(one.processes());
        assertThat(plan(1, two).processes()).hasSize(6);
    }

    @Test
    void a_port_that_someone_else_has_now_is_given_up() {
        Plan before = plan(1, null);
        int lost = before.port("release-service").orElseThrow();
        taken.add(lost);

        assertThat(plan(1, before).port("release-service")).isPresent().get().isNotEqualTo(lost);
    }

    @Test
    void a_plan_is_read_as_it_was_written() {
        Home home = new Home(folder);
        Plan plan = plan(3, null);

        plan.save(home);

        assertThat(Plan.load(home)).contains(plan);
    }

    @Test
    void there_are_one_to_three_instances() {
        assertThatThrownBy(() -> plan(0, null))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("1 to 3, not 0");
        assertThatThrownBy(() -> plan(4, null))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("1 to 3, not 4");
    }

    @Test
    void the_gateway_keeps_its_port_and_says_so_where_another_is_asked_for() {
        assertThat(Plan.gatewayPort(null, null, false, PLATFORM, ports)).isEqualTo(8080);
        assertThat(Plan.gatewayPort(null, 9000, false, PLATFORM, ports)).isEqualTo(9000);
        assertThat(Plan.gatewayPort(0, 9000, false, PLATFORM, ports)).isEqualTo(9000);
        assertThat(Plan.gatewayPort(0, null, false, PLATFORM, ports)).isEqualTo(100);
        assertThatThrownBy(() -> Plan.gatewayPort(9001, 9000, true, PLATFORM, ports))
                .hasMessageContaining("runs on port 9000");
    }

    @Test
    void no_two_processes_are_given_one_port_even_if_it_is_free_twice() {
        List<Integer> offers = new ArrayList<>(List.of(3, 200, 200, 8080, 201, 200, 202, 203));
        Plan.PortsNow often = new Plan.PortsNow(_ -> true, offers::removeFirst);

        Plan plan = Plan.of("run", 1, PLATFORM, 8080, null, Set.of(), often);

        assertThat(plan.processes())
                .extracting(Plan.Planned::port)
                .doesNotHaveDuplicates()
                .contains(200, 203);
        assertThat(Plan.gatewayPort(
                        0,
                        null,
                        false,
                        PLATFORM,
                        new Plan.PortsNow(_ -> true, List.of(5, 300).iterator()::next)))
                .isEqualTo(300);
    }

    @Test
    void an_instance_is_known_by_its_name() {
        assertThat(Instance.named("release-2")).contains(new Instance(Program.RELEASE, 2));
        assertThat(Instance.named("release-service-2")).contains(new Instance(Program.RELEASE, 2));
        assertThat(Instance.named("gateway")).contains(new Instance(Program.GATEWAY, 1));
        assertThat(Instance.named("training-gateway")).isEmpty();
        assertThat(Instance.named("gateway-0")).isEmpty();
    }

    private Plan plan(int replicas, @Nullable Plan before) {
        return Plan.of("run", replicas, PLATFORM, 8080, before, Set.of(), ports);
    }
}
