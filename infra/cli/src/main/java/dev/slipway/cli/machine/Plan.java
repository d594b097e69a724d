package dev.slipway.cli.machine;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.platform.Ports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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

    /**
     * A process that should run.
     *
     * @param port where it listens; the platform's is its broker's
     * @param front where a gateway takes what users send to applications; null for all others, and in a plan from before
     *     there was one
     */
    public record Planned(
            String name,
            int port,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer front) {
        public Planned(String name, int port) {
            this(name, port, null);
        }

        Instance instance() {
            return Instance.named(name)
                    .orElseThrow(() -> new IllegalStateException("the plan names no program: " + name));
        }
    }

    /** How an {@code up} went: from the command to everything ready, and how many processes it started. */
    public record LastUp(Instant at, long millis, int started) {}

    /** What the first gateway listens on, where people look for it: each has a port by default and an option. */
    enum Listener {
        API("the gateway", "--port", 8_080),
        FRONT("the front", "--front-port", 8_000);

        private final String what;
        private final String option;
        private final int usual;

        Listener(String what, String option, int usual) {
            this.what = what;
            this.option = option;
            this.usual = usual;
        }
    }

    /** The ports of the first gateway. */
    record Doors(int api, int front) {}

    /** What the ports of this machine are like. */
    record PortsNow(IntPredicate free, IntSupplier fresh) {
        static PortsNow ofThisMachine() {
            return new PortsNow(Ports::isFree, Ports::free);
        }

        /** @param doors where the supervisor may listen in place of a gateway that has ended; it lets the next one in */
        PortsNow withDoors(List<Integer> doors) {
            return new PortsNow(port -> free.test(port) || (doors.contains(port) && Ports.isShared(port)), fresh);
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
            Doors doors,
            @Nullable Plan before,
            Set<Integer> mine,
            PortsNow ports) {
        List<Planned> processes = new ArrayList<>();
        processes.add(new Planned(Program.PLATFORM.processName(), platform.kafka()));
        Set<Integer> taken = new HashSet<>(platform.all());
        taken.add(doors.api());
        taken.add(doors.front());
        for (Program service : Program.services()) {
            for (int number = 1; number <= replicas; number++) {
                String name = new Instance(service, number).name();
                boolean gateway = service == Program.GATEWAY;
                boolean door = gateway && number == 1;
                Optional<Planned> had = before == null ? Optional.empty() : before.planned(name);
                int port = door ? doors.api() : port(had.map(Planned::port), taken, mine, ports);
                taken.add(port);
                @Nullable
                Integer front = gateway
                        ? Integer.valueOf(door ? doors.front() : port(had.map(Planned::front), taken, mine, ports))
                        : null;
                Optional.ofNullable(front).ifPresent(taken::add);
                processes.add(new Planned(name, port, front));
            }
        }
        return new Plan(run, replicas, platform, processes, before == null ? null : before.lastUp);
    }

    private static int port(Optional<Integer> had, Set<Integer> taken, Set<Integer> mine, PortsNow ports) {
        return had.filter(port -> !taken.contains(port))
                .filter(port -> mine.contains(port) || ports.free().test(port))
                .orElseGet(() -> ports.freshBut(taken));
    }

    Optional<Planned> planned(String name) {
        return processes.stream().filter(process -> process.name().equals(name)).findFirst();
    }

    Optional<Integer> port(String name) {
        return planned(name).map(Planned::port);
    }

    /** Where a gateway takes what users send. */
    Optional<Integer> front(String name) {
        return planned(name).map(Planned::front);
    }

    /** Where every instance of a program listens, the first first. */
    List<Integer> ports(Program program) {
        return processes.stream()
                .filter(process -> process.instance().program() == program)
                .map(Planned::port)
                .toList();
    }

    /** Where every gateway takes what users send to applications, the first first. */
    List<Integer> fronts() {
        return processes.stream().map(Planned::front).filter(Objects::nonNull).toList();
    }

    Plan with(List<Planned> more) {
        List<Planned> all = new ArrayList<>(processes);
        all.addAll(more);
        return new Plan(run, replicas, platform, all, lastUp);
    }

    Plan with(LastUp up) {
        return new Plan(run, replicas, platform, processes, up);
    }

    /**
     * A port of the first gateway: the one asked for, else the one that it had, else the usual; 0 asks for a free one.
     *
     * @param running whether the gateway runs, so that the port that it had is the one that it has
     * @param taken ports that are given to others already
     */
    static int port(
            Listener listener,
            @Nullable Integer wanted,
            @Nullable Integer had,
            boolean running,
            Set<Integer> taken,
            PortsNow ports) {
        if (running && had != null) {
            if (wanted != null && wanted != 0 && !wanted.equals(had)) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        "%s runs on port %d already: ./slipway down first, then up %s %d"
                                .formatted(listener.what, had, listener.option, wanted));
            }
            return had;
        }
        if (wanted != null && wanted == 0) {
            return Optional.ofNullable(had)
                    .filter(port -> !taken.contains(port) && ports.free().test(port))
                    .orElseGet(() -> ports.freshBut(taken));
        }
        int port = wanted != null ? wanted : had != null ? had : listener.usual;
        if (taken.contains(port) || !ports.free().test(port)) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "port %d on 127.0.0.1 is in use: end what holds it, or choose another with %s (0 takes a free one)"
                            .formatted(port, listener.option));
        }
        return port;
    }
}
