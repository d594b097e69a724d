package dev.slipway.cli.machine;

import dev.slipway.cli.gateway.Address;
import dev.slipway.cli.gateway.Role;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.traffic.FrontView;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How Slipway on this machine is.
 *
 * @param ready whether every needed process is ready
 * @param url of the first gateway, empty while none runs
 * @param front where its applications are reached, empty while none runs; by http while the gateway does not tell
 * @param bytes size of the home folder
 * @param residentBytes memory of all processes of Slipway together, without the applications that it runs
 * @param lastUp how long the last start took; null while there was none
 * @param troubles what a person should look at, each with the command to look with
 * @param addresses where users reach each environment, as the gateway tells; empty while it does not
 * @param environments what serves in each, with what its programs use, as the gateway tells; empty while it does not
 */
public record MachineStatus(
        boolean ready,
        String url,
        String front,
        String home,
        long bytes,
        long residentBytes,
        int replicas,
        Plan.@Nullable LastUp lastUp,
        List<Sizes.Part> parts,
        List<String> troubles,
        List<OfProcess> processes,
        List<Address> addresses,
        List<EnvironmentView> environments) {
    public MachineStatus {
        parts = List.copyOf(parts);
        troubles = List.copyOf(troubles);
        processes = List.copyOf(processes);
        addresses = List.copyOf(addresses);
        environments = List.copyOf(environments);
    }

    /** The same, of which the gateway told where users reach what, whether with TLS, and what it is that they reach. */
    public MachineStatus reached(FrontView told, List<EnvironmentView> serving) {
        URI gateway = URI.create(url);
        Map<String, Integer> restarts = serving.stream()
                .flatMap(view -> view.running().stream())
                .collect(Collectors.toMap(EnvironmentView.Running::key, EnvironmentView.Running::restarts, Math::max));
        return new MachineStatus(
                ready,
                url,
                Address.front(gateway, told).toString(),
                home,
                bytes,
                residentBytes,
                replicas,
                lastUp,
                parts,
                troubles,
                processes.stream()
                        .map(each -> each.restarted(restarts.getOrDefault(each.name(), each.restarts())))
                        .toList(),
                Address.all(gateway, told),
                serving);
    }

    /**
     * How one process is.
     *
     * @param state {@code ready}, {@code up} (it runs and is not ready), {@code down}
     * @param pid 0 while down
     * @param port 0 for none
     * @param residentBytes memory that it holds, 0 if unknown
     * @param uptimeSeconds 0 while down
     * @param restarts how often it was started again since {@code up}
     * @param lastExit how it ended last, null while it has not
     * @param behind how far it is behind with its messages
     */
    public record OfProcess(
            String name,
            String state,
            long pid,
            int port,
            long residentBytes,
            long uptimeSeconds,
            int restarts,
            @Nullable String lastExit,
            @Nullable Instant lastExitAt,
            Behind behind) {
        /** The same, started again so often. */
        OfProcess restarted(int times) {
            return new OfProcess(
                    name, state, pid, port, residentBytes, uptimeSeconds, times, lastExit, lastExitAt, behind);
        }
    }

    public static MachineStatus of(Home home, Instant now) {
        return new Look(home, now).status();
    }

    /** One look at the machine. */
    private static final class Look {
        private static final Duration TOKEN_TTL = Duration.ofMinutes(1);
        /** Less is the time that a poll takes. */
        private static final long BEHIND_FROM_SECONDS = 5;

        private final Home home;
        private final Instant now;
        private final ProcessTable table;
        private final Optional<Plan> plan;
        private final Optional<String> viewer;

        Look(Home home, Instant now) {
            this.home = home;
            this.now = now;
            this.table = ProcessTable.load(home);
            this.plan = Plan.load(home);
            this.viewer = IssuerKey.exists(home)
                    ? Optional.of(new Tokens(IssuerKey.load(home))
                            .issue(
                                    new Tokens.Bearer("status", "status@localhost"),
                                    List.of(Role.VIEWER),
                                    now,
                                    TOKEN_TTL))
                    : Optional.empty();
        }

        MachineStatus status() {
            List<OfProcess> processes = new ArrayList<>();
            plan
                    .map(Plan::processes)
                    .orElseGet(() -> Program.supervised().stream()
                            .map(program -> new Plan.Planned(program.processName(), 0))
                            .toList())
                    .parallelStream()
                    .map(this::needed)
                    .forEachOrdered(processes::add);
            boolean ready =
                    processes.stream().allMatch(process -> process.state().equals("ready"));
            processes.addFirst(alive(Program.SUPERVISOR)
                    .orElseGet(() -> new OfProcess(
                            Program.SUPERVISOR.processName(), "down", 0, 0, 0, 0, 0, null, null, Behind.NOTHING)));
            alive(Program.LOAD).ifPresent(processes::add);
            long resident =
                    processes.stream().mapToLong(OfProcess::residentBytes).sum();
            TargetRecords.alive(home).forEach(target -> processes.add(running(target, "up", target.port())));
            List<Sizes.Part> parts = Sizes.of(home);
            return new MachineStatus(
                    ready,
                    table.alive(Program.GATEWAY).stream()
                            .findFirst()
                            .map(gateway -> "http://127.0.0.1:" + gateway.port())
                            .orElse(""),
                    table.alive(Program.GATEWAY).stream()
                            .findFirst()
                            .flatMap(gateway -> plan.flatMap(known -> known.front(gateway.name())))
                            .map(port -> "http://127.0.0.1:" + port)
                            .orElse(""),
                    home.root().toString(),
                    parts.stream().mapToLong(Sizes.Part::bytes).sum(),
                    resident,
                    plan.map(Plan::replicas).orElse(1),
                    plan.map(Plan::lastUp).orElse(null),
                    parts,
                    troubles(processes, parts),
                    processes,
                    List.of(),
                    List.of());
        }

        private Optional<OfProcess> alive(Program program) {
            return table.alive(program.processName()).map(process -> running(process, "ready", process.port()));
        }

        private OfProcess needed(Plan.Planned planned) {
            Optional<ProcessRecord> alive = table.alive(planned.name());
            if (alive.isEmpty() || plan.isEmpty()) {
                Standing standing = standing(planned.name());
                return new OfProcess(
                        planned.name(),
                        "down",
                        0,
                        planned.port(),
                        0,
                        0,
                        standing.restarts(),
                        standing.lastExit(),
                        standing.lastExitAt(),
                        Behind.NOTHING);
            }
            boolean ready = planned.instance().program() == Program.PLATFORM
                    ? Readiness.ofPlatform(home, alive.get(), plan.get().platform())
                    : Readiness.ofService(planned.port());
            return running(alive.get(), ready ? "ready" : "up", planned.port(), behind(planned));
        }

        private Behind behind(Plan.Planned planned) {
            Program program = planned.instance().program();
            return program == Program.PLATFORM || program == Program.GATEWAY || viewer.isEmpty()
                    ? Behind.NOTHING
                    : Behind.ofService(planned.port(), viewer.get());
        }

        private OfProcess running(ProcessRecord process, String state, int port) {
            return running(process, state, port, Behind.NOTHING);
        }

        private OfProcess running(ProcessRecord process, String state, int port, Behind behind) {
            Standing standing = standing(process.name());
            return new OfProcess(
                    process.name(),
                    state,
                    process.pid(),
                    port,
                    Memory.residentBytes(process.pid()),
                    Math.max(0, Duration.between(process.startedAt(), now).toSeconds()),
                    standing.restarts(),
                    standing.lastExit(),
                    standing.lastExitAt(),
                    behind);
        }

        private Standing standing(String name) {
            return Supervisor.Standings.of(home, name).orElseGet(() -> Standing.of(name));
        }

        private static void behind(OfProcess process, List<String> troubles) {
            Behind behind = process.behind();
            if (behind.equals(Behind.UNTOLD)) {
                troubles.add("%s does not say how far behind it is, as it starts or is too busy: ./slipway logs %s"
                        .formatted(process.name(), process.name()));
            }
            if (behind.seconds() >= BEHIND_FROM_SECONDS) {
                troubles.add("%s is behind: %d messages wait, the oldest for %d s"
                        .formatted(process.name(), behind.records(), behind.seconds()));
            }
            behind.deadLetters()
                    .forEach((topic, count) -> troubles.add("%s has %d dead letters of %s: ./slipway deadletters list"
                            .formatted(process.name(), count, topic)));
        }

        private List<String> troubles(List<OfProcess> processes, List<Sizes.Part> parts) {
            List<String> troubles = new ArrayList<>();
            if (plan.isPresent()
                    && table.alive(Program.SUPERVISOR.processName()).isEmpty()) {
                troubles.add("the supervisor does not run, so nothing is started again: ./slipway up starts it");
            }
            for (OfProcess process : processes) {
                Standing standing = standing(process.name());
                if (standing.endsInRow() >= Standing.LOOPS_FROM
                        && !process.state().equals("ready")) {
                    troubles.add("%s keeps ending (%d times in a row, last %s): ./slipway logs %s"
                            .formatted(process.name(), standing.endsInRow(), standing.lastExit(), process.name()));
                }
            }
            processes.forEach(process -> behind(process, troubles));
            parts.stream()
                    .filter(Sizes.Part::tooLarge)
                    .forEach(part -> troubles.add("%s in %s take %d MB, more than the %d MB that they should"
                            .formatted(part.name(), home.root(), part.bytes() >> 20, part.bytesMax() >> 20)));
            return troubles;
        }
    }
}
