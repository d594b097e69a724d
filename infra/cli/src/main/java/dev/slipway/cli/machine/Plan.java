package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What should run in a home: {@code plan.json}. The commands write it, the supervisor makes it come true.
 *
 * @param run hash of the run folder that processes are started from
 * @param replicas instances of each service, 1 to 3
 * @param processes platform first, then the services
 * @param lastUp how long the last {@code up} that started something took; null before it is done
 */
public record Plan(
        String run,
        int replicas,
        PlatformPorts platform,
        List<Planned> processes,
        @Nullable LastUp lastUp) {
    public static final int REPLICAS_MAX = 3;
    private static final int PORT_FIRST = 8_080;

    /** A process that should run, with the port where it listens; the platform's is its broker's. */
    public record Planned(String name, int port) {
        Instance instance() {
            return Instance.named(name)
                    .orElseThrow(() -> new IllegalStateException("the plan names no program: " + name));
        }
    }

    /** How an {@code up} went: from the command to everything ready, and how many processes it started. */
    public record LastUp(Instant at, long millis, int started) {}

    /** What the ports of this machine are like. */
    record PortsNow(IntPredicate free, IntSupplier fresh) {
        static PortsNow ofThisMachine() {
            return new PortsNow(Ports::isFree, () -> Ports.free(1).getFirst());
        }

        /** One that is free and that nothing else of the plan was given: it does not listen there yet. */
        int freshBut(Set<Integer> given) {
            return IntStream.generate(fresh)
                    .filter(port -> !given.contains(port))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public Plan {
        requireReplicas(replicas);
        processes = List.copyOf(processes);
    }

    static int requireReplicas(int replicas) {
        if (replicas < 1 || replicas > REPLICAS_MAX) {
            throw new CommandFailed(ExitCode.USAGE, "--replicas is 1 to %d, not %d".formatted(REPLICAS_MAX, replicas));
        }
        return replicas;
    }

    static Optional<Plan> load(Home home) {
        return JsonFile.read(home.plan(), Plan.class);
    }

    void save(Home home) {
        JsonFile.write(home, home.plan(), this);
    }

    /**
     * A plan for so many instances. A process keeps the port that it had, unless someone else has it now.
     *
     * @param before the plan until now, null for none
     * @param mine ports that processes of this home hold
     */
    static Plan of(
            String run,
            int replicas,
            PlatformPorts platform,
            int gatewayPort,
            @Nullable Plan before,
            Set<Integer> mine,
            PortsNow ports) {
        List<Planned> processes = new ArrayList<>();
        processes.add(new Planned(Program.PLATFORM.processName(), platform.kafka()));
        Set<Integer> taken = new HashSet<>(platform.all());
        taken.add(gatewayPort);
        for (Program service : Program.services()) {
            for (int number = 1; number <= replicas; number++) {
                String name = new Instance(service, number).name();
                boolean front = service == Program.GATEWAY && number == 1;
                int port = front ? gatewayPort : port(name, before, taken, mine, ports);
                taken.add(port);
                processes.add(new Planned(name, port));
            }
        }
        return new Plan(run, replicas, platform, processes, before == null ? null : before.lastUp);
    }

    private static int port(String name, @Nullable Plan before, Set<Integer> taken, Set<Integer> mine, PortsNow ports) {
        Optional<Integer> had = before == null ? Optional.empty() : before.port(name);
        return had.filter(port -> !taken.contains(port))
                .filter(port -> mine.contains(port) || ports.free().test(port))
                .orElseGet(() -> ports.freshBut(taken));
    }

    Optional<Integer> port(String name) {
        return processes.stream()
                .filter(process -> process.name().equals(name))
                .map(Planned::port)
                .findFirst();
    }

    /** Where every instance of a program listens, the first first. */
    List<Integer> ports(Program program) {
        return processes.stream()
                .filter(process -> process.instance().program() == program)
                .map(Planned::port)
                .toList();
    }

    Plan with(List<Planned> more) {
        List<Planned> all = new ArrayList<>(processes);
        all.addAll(more);
        return new Plan(run, replicas, platform, all, lastUp);
    }

    Plan with(LastUp up) {
        return new Plan(run, replicas, platform, processes, up);
    }

    /** The port of the first gateway: the one asked for, else the one that it had, else 8080; 0 asks for a free one. */
    static int gatewayPort(
            @Nullable Integer wanted, @Nullable Integer had, boolean running, PlatformPorts platform, PortsNow ports) {
        if (running && had != null) {
            if (wanted != null && wanted != 0 && !wanted.equals(had)) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        "the gateway runs on port %d already: ./slipway down first, then up --port %d"
                                .formatted(had, wanted));
            }
            return had;
        }
        if (wanted != null && wanted == 0) {
            return had != null && ports.free().test(had) ? had : ports.freshBut(Set.copyOf(platform.all()));
        }
        int port = wanted != null ? wanted : had != null ? had : PORT_FIRST;
        if (!ports.free().test(port)) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "port %d on 127.0.0.1 is in use: end what holds it, or choose another with --port (0 takes a free one)"
                            .formatted(port));
        }
        return port;
    }
}
