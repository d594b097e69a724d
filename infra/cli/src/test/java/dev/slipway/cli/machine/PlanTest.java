package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.machine.Plan.Listener;
import dev.slipway.cli.shell.CommandFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
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
    private static final Set<Integer> GIVEN = Set.copyOf(PLATFORM.all());
    private static final Plan.Doors DOORS = new Plan.Doors(8080, 8000);

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
        assertThat(plan.fronts()).hasSize(2).startsWith(8000).doesNotContainAnyElementsOf(allPorts(plan));
        assertThat(plan.front("release-service")).isEmpty();
    }

    @Test
    void with_more_instances_those_that_run_stay_where_they_are() {
        Plan one = plan(1, null);
        one.processes().forEach(process -> taken.add(process.port()));

        one.fronts().forEach(taken::add);

        Plan two = Plan.of("run", 2, PLATFORM, DOORS, one, Set.copyOf(taken), ports);

        assertThat(two.processes()).containsAll(one.processes());
        assertThat(plan(1, two).processes()).hasSize(6);
    }

    @Test
    void a_port_at_which_the_supervisor_keeps_the_door_is_free_for_its_gateway_and_no_other_is() throws IOException {
        try (ServerSocketChannel door = ServerSocketChannel.open();
                ServerSocketChannel alone = ServerSocketChannel.open()) {
            door.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            door.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            alone.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            int atTheDoor = door.socket().getLocalPort();
            int taken = alone.socket().getLocalPort();

            Plan.PortsNow now = Plan.PortsNow.ofThisMachine();

            assertThat(now.free().test(atTheDoor)).isFalse();
            assertThat(now.withDoors(List.of(atTheDoor)).free()).accepts(atTheDoor);
            assertThat(now.withDoors(List.of(taken)).free()).rejects(taken, atTheDoor);
        }
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
    void each_listener_of_the_gateway_keeps_its_port_and_says_so_where_another_is_asked_for() {
        assertThat(port(Listener.API, null, null)).isEqualTo(8080);
        assertThat(port(Listener.FRONT, null, null)).isEqualTo(8000);
        assertThat(port(Listener.FRONT, null, 9000)).isEqualTo(9000);
        assertThat(port(Listener.FRONT, 0, 9000)).isEqualTo(9000);
        assertThat(port(Listener.FRONT, 0, null)).isEqualTo(100);
        assertThatThrownBy(() -> Plan.port(Listener.API, 9001, 9000, true, GIVEN, ports))
                .hasMessage("the gateway runs on port 9000 already: ./slipway down first, then up --port 9001");
        assertThatThrownBy(() -> Plan.port(Listener.FRONT, 9001, 9000, true, GIVEN, ports))
                .hasMessage("the front runs on port 9000 already: ./slipway down first, then up --front-port 9001");
        assertThat(Plan.port(Listener.FRONT, 9000, 9000, true, GIVEN, ports)).isEqualTo(9000);
    }

    @Test
    void a_port_in_use_is_refused_with_the_option_that_chooses_another() {
        taken.add(8000);
        assertThatThrownBy(() -> port(Listener.FRONT, null, null))
                .hasMessageContaining("port 8000 on 127.0.0.1 is in use")
                .hasMessageContaining("--front-port (0 takes a free one)");
        assertThatThrownBy(() -> Plan.port(Listener.FRONT, 7777, null, false, Set.of(7777), ports))
                .as("given to the gateway's API in this very plan")
                .hasMessageContaining("port 7777 on 127.0.0.1 is in use");
    }

    @Test
    void a_plan_from_before_there_were_fronts_is_read_and_its_gateways_get_one() throws IOException {
        Home home = new Home(folder);
        plan(2, null).save(home);
        String without = Files.readString(home.plan()).replaceAll(",\\s*\"front\"\\s*:\\s*\\d+", "");
        Files.writeString(home.plan(), without);

        Plan before = Plan.load(home).orElseThrow();

        assertThat(before.fronts()).isEmpty();
        assertThat(plan(2, before).fronts()).hasSize(2).startsWith(8000);
    }

    private int port(Listener listener, @Nullable Integer wanted, @Nullable Integer had) {
        return Plan.port(listener, wanted, had, false, GIVEN, ports);
    }

    private static List<Integer> allPorts(Plan plan) {
        return plan.processes().stream().map(Plan.Planned::port).toList();
    }

    @Test
    void no_two_processes_are_given_one_port_even_if_it_is_free_twice() {
        List<Integer> offers = new ArrayList<>(List.of(3, 200, 200, 8080, 201, 8000, 200, 202, 203));
        Plan.PortsNow often = new Plan.PortsNow(_ -> true, offers::removeFirst);

        Plan plan = Plan.of("run", 1, PLATFORM, DOORS, null, Set.of(), often);

        assertThat(plan.processes())
                .extracting(Plan.Planned::port)
                .doesNotHaveDuplicates()
                .contains(200, 203);
        Plan.PortsNow mongo = new Plan.PortsNow(_ -> true, List.of(5, 300).iterator()::next);
        assertThat(Plan.port(Listener.API, 0, null, false, GIVEN, mongo)).isEqualTo(300);
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
        return Plan.of("run", replicas, PLATFORM, DOORS, before, Set.of(), ports);
    }
}
