package dev.slipway.cli.machine;

import dev.slipway.cli.door.Door;
import dev.slipway.cli.door.DoorRules;
import dev.slipway.cli.door.Served;
import dev.slipway.platform.Ports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A door for each port at which users come in, for as long as the plan names it. A gateway that was asked to end serves no
 * longer, so that the door is open before it leaves; one that the plan does not name (a restart puts another beside the only
 * one) may serve at any of the ports.
 */
final class FrontDoors implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final Duration CONNECT_MAX = Duration.ofMillis(200);
    /** The system tells the end of a child at once. */
    private static final Duration CHILDREN_EVERY = Duration.ofSeconds(1);
    /** What an earlier supervisor has started is no child of this one. */
    private static final Duration ADOPTED_EVERY = Duration.ofMillis(50);

    private final SupervisorLog log;
    private final ConcurrentMap<Integer, Kept> doors = new ConcurrentHashMap<>();

    FrontDoors(SupervisorLog log) {
        this.log = log;
    }

    /** What the supervisor knows now. */
    void know(Plan plan, ProcessTable table, Collection<String> ending, Map<String, Process> children) {
        Set<Integer> wanted = Set.copyOf(plan.fronts());
        for (int port : wanted) {
            List<Gateway> gateways = servingAt(port, plan, table, ending).stream()
                    .map(record -> new Gateway(record, child(record, children)))
                    .toList();
            doors.computeIfAbsent(port, _ -> keep(port, gateways)).know(gateways);
        }
        for (int port : List.copyOf(doors.keySet())) {
            if (!wanted.contains(port)) {
                Optional.ofNullable(doors.remove(port))
                        .ifPresent(kept -> kept.door().close());
            }
        }
    }

    /** The gateways on record that serve at a port, or may. */
    static List<ProcessRecord> servingAt(int port, Plan plan, ProcessTable table, Collection<String> ending) {
        return table.processes().stream()
                .filter(process -> Instance.named(process.name())
                        .filter(instance -> instance.program() == Program.GATEWAY)
                        .isPresent())
                .filter(process -> !ending.contains(process.name()))
                .filter(process ->
                        plan.front(process.name()).map(front -> front == port).orElse(true))
                .toList();
    }

    private static @Nullable Process child(ProcessRecord process, Map<String, Process> children) {
        @Nullable Process child = children.get(process.name());
        return child != null && child.pid() == process.pid() ? child : null;
    }

    private Kept keep(int port, List<Gateway> gateways) {
        Who who = new Who(gateways);
        return new Kept(who, Door.keep(new InetSocketAddress(HERE, port), DoorRules.USUAL, who, log::say));
    }

    /** A gateway has ended. */
    void look() {
        doors.values().forEach(kept -> kept.door().look());
    }

    @Override
    public void close() {
        doors.values().forEach(kept -> kept.door().close());
    }

    private record Kept(Who who, Door door) {
        void know(List<Gateway> gateways) {
            if (who.know(gateways)) {
                door.look();
            }
        }
    }

    /** @param child null for one that an earlier supervisor has started */
    private record Gateway(ProcessRecord record, @Nullable Process child) {}

    /** Who serves at one port. */
    private static final class Who implements Served {
        private volatile List<Gateway> known = List.of();
        private volatile List<BooleanSupplier> alive = List.of();

        private Who(List<Gateway> gateways) {
            know(gateways);
        }

        /** Whether that is news. */
        private boolean know(List<Gateway> gateways) {
            if (gateways.equals(known)) {
                return false;
            }
            alive = gateways.stream().map(Who::life).toList();
            known = gateways;
            return true;
        }

        private static BooleanSupplier life(Gateway gateway) {
            @Nullable Process child = gateway.child();
            if (child != null) {
                return child::isAlive;
            }
            return gateway.record()
                    .handle()
                    .<BooleanSupplier>map(process -> () -> process.isAlive() && !ProcessRecord.ended(process.pid()))
                    .orElse(() -> false);
        }

        @Override
        public boolean alive() {
            return alive.stream().anyMatch(BooleanSupplier::getAsBoolean);
        }

        /** Page and API listen last of all in a gateway; they share their port with nobody, so that this is no door's answer. */
        @Override
        public boolean listens() {
            return known.stream()
                    .anyMatch(gateway -> Ports.answers(gateway.record().port(), CONNECT_MAX));
        }

        @Override
        public Duration lookEvery() {
            return known.stream().anyMatch(gateway -> gateway.child() == null) ? ADOPTED_EVERY : CHILDREN_EVERY;
        }
    }
}
