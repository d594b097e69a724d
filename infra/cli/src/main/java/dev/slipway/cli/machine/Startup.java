package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.Progress;
import dev.slipway.cli.shell.Shell;
import dev.slipway.git.GitProgram;
import dev.slipway.platform.Ports;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings Slipway up: writes down what should run, sees to it that the supervisor is there, and waits until everything is
 * ready. What runs already is left alone.
 */
public final class Startup {
    private static final Instance STAND_IN = new Instance(Program.GATEWAY, 2);

    private final Home home;
    private final Shell shell;
    private final Duration limit;

    public Startup(Home home, Shell shell, Duration limit) {
        this.home = home;
        this.shell = shell;
        this.limit = limit;
    }

    /**
     * The ports that are asked for.
     *
     * @param gateway page and API; empty takes the one that it had, or 8080; 0 takes a free one
     * @param front applications; empty takes the one that it had, or 8000, or a free one where the gateway's is 0; 0 takes
     *     a free one
     */
    public record WantedPorts(OptionalInt gateway, OptionalInt front) {
        public static WantedPorts free() {
            return new WantedPorts(OptionalInt.of(0), OptionalInt.empty());
        }

        private @Nullable Integer api() {
            return gateway.isPresent() ? gateway.getAsInt() : null;
        }

        private @Nullable Integer applications() {
            if (front.isPresent()) {
                return front.getAsInt();
            }
            return gateway.isPresent() && gateway.getAsInt() == 0 ? 0 : null;
        }
    }

    /** As many instances as before, or one of each service. */
    public URI run(WantedPorts wanted) {
        return run(wanted, OptionalInt.empty());
    }

    /**
     * Starts what does not run.
     *
     * @param replicas instances of each service; empty leaves them as many as they are
     * @return the first gateway's address
     * @throws dev.slipway.git.GitMissing without a git program that will do
     */
    public URI run(WantedPorts wanted, OptionalInt replicas) {
        return run(wanted, replicas, true);
    }

    /** The same ports and as many instances as before, of what {@link Restart} has ended just now. */
    URI runAgain() {
        return run(new WantedPorts(OptionalInt.empty(), OptionalInt.empty()), OptionalInt.empty(), false);
    }

    /**
     * Starts a second gateway beside the only one, where users are served on the same port; the next start ends it. Where the
     * port cannot be shared, or it does not come up, there is none, and all is as before.
     */
    boolean standIn() {
        Plan plan = Plan.load(home).orElseThrow();
        Optional<Integer> front = plan.front(Program.GATEWAY.processName()).filter(Ports::isShared);
        if (front.isEmpty()) {
            return false;
        }
        Plan both = plan.with(List.of(new Plan.Planned(STAND_IN.name(), Ports.free(), front.get())));
        try (HomeInUse _ = HomeInUse.take(home);
                Progress progress = new Progress(shell)) {
            both.save(home);
            try {
                new UpWait(home, shell, both, Deadline.in(limit), Instant.now()).untilReady(progress);
                return true;
            } catch (CommandFailed notUp) {
                plan.save(home);
                return false;
            }
        }
    }

    /**
     * Waits until what runs knows what the administrator has changed: the supervisor starts it anew for that. Where Slipway
     * does not run there is nothing to wait for.
     *
     * @return whether it runs
     */
    public boolean untilChangesAreKnown() {
        Optional<Plan> plan = Plan.load(home)
                .filter(_ -> ProcessTable.load(home)
                        .alive(Program.SUPERVISOR.processName())
                        .isPresent());
        if (plan.isEmpty()) {
            return false;
        }
        try (Progress progress = new Progress(shell)) {
            new UpWait(home, shell, plan.get(), Deadline.in(limit), Instant.now()).untilReady(progress);
        }
        return true;
    }

    private URI run(WantedPorts wanted, OptionalInt replicas, boolean namesEarlierBuilds) {
        replicas.ifPresent(Plan::requireReplicas);
        GitProgram.find(); // two services do not start without it, and would say so in their logs alone
        home.prepare();
        try (HomeInUse _ = HomeInUse.take(home);
                Progress progress = new Progress(shell)) {
            Deadline deadline = Deadline.in(limit);
            Instant since = Instant.now();
            Set<Long> before = ProcessTable.load(home.processes()).processes().stream()
                    .filter(ProcessRecord::alive)
                    .map(ProcessRecord::pid)
                    .collect(Collectors.toSet());
            RunFolder folder = RunFolder.current(home);
            IssuerKey.ensure(home);
            ProofKey.ensure(home);
            allowPrograms();
            allowSources();
            Plan plan = plan(folder, wanted, replicas, progress);
            plan.save(home);
            supervisor(folder);
            new UpWait(home, shell, plan, deadline, since).untilReady(progress);
            noteTime(plan, before, deadline);
            if (namesEarlierBuilds) {
                nameEarlierBuilds(folder, progress);
            }
            EnvironmentFile.write(home, urls(plan), Fronts.of(home, plan, Instant.now()), Instant.now());
            return urls(plan).getFirst();
        }
    }

    private Plan plan(RunFolder folder, WantedPorts wanted, OptionalInt replicas, Progress progress) {
        ProcessTable table = ProcessTable.load(home);
        @Nullable Plan before = Plan.load(home).orElse(null);
        Plan.PortsNow ports = Plan.PortsNow.ofThisMachine();
        if (before != null && table.alive(Program.SUPERVISOR.processName()).isPresent()) {
            ports = ports.withDoors(before.fronts());
        }
        boolean platformRuns = table.alive(Program.PLATFORM.processName()).isPresent();
        PlatformPorts platform = before == null ? PlatformPorts.free() : before.platform();
        if (before == null || (!platformRuns && !platform.allFree())) {
            Shutdown.stopSupervised(home, progress); // they know the platform's old addresses
            platform = PlatformPorts.free();
            table = ProcessTable.load(home);
        }
        Running running = new Running(
                table.alive(Program.GATEWAY.processName()).isPresent(),
                table.alive(STAND_IN.name()).isPresent());
        Plan.Doors doors = doors(wanted, before, running, platform, ports);
        Set<Integer> mine = table.processes().stream()
                .filter(ProcessRecord::alive)
                .flatMap(process -> held(process, before))
                .collect(Collectors.toSet());
        int count = replicas.orElse(before == null ? 1 : before.replicas());
        return Plan.of(folder.hash(), count, platform, doors, before, mine, ports);
    }

    private static Stream<Integer> held(ProcessRecord process, @Nullable Plan before) {
        Optional<Integer> front = before == null ? Optional.empty() : before.front(process.name());
        return Stream.concat(Stream.of(process.port()), front.stream());
    }

    private static Plan.Doors doors(
            WantedPorts wanted, @Nullable Plan before, Running running, PlatformPorts platform, Plan.PortsNow ports) {
        String gateway = Program.GATEWAY.processName();
        @Nullable Integer api = before == null ? null : before.port(gateway).orElse(null);
        @Nullable Integer front = before == null ? null : before.front(gateway).orElse(null);
        Set<Integer> given = new HashSet<>(platform.all());
        int apiPort = Plan.port(Plan.Listener.API, wanted.api(), api, running.first(), given, ports);
        given.add(apiPort);
        boolean held = running.first()
                || (running.standIn()
                        && before != null
                        && before.front(STAND_IN.name()).equals(Optional.ofNullable(front)));
        return new Plan.Doors(
                apiPort, Plan.port(Plan.Listener.FRONT, wanted.applications(), front, held, given, ports));
    }

    /** Which of the gateways run that may hold the first one's ports. */
    private record Running(boolean first, boolean standIn) {}

    /** One of another build is replaced: it is only a watcher, and what it watches goes on. */
    private void supervisor(RunFolder folder) {
        ProcessTable started = ProcessTable.load(home.started());
        Optional<ProcessRecord> running = started.alive(Program.SUPERVISOR.processName());
        if (running.filter(process -> process.run().equals(folder.hash())).isPresent()) {
            return;
        }
        running.ifPresent(process -> Shutdown.stopQuietly(List.of(process)));
        Launcher launcher = new Launcher(home, folder, shell.environment());
        ProcessRecord supervisor = launcher.start(Launcher.Order.of(
                        Program.SUPERVISOR,
                        supervisorEnvironment(),
                        List.of(home.root().toString())))
                .record();
        started.with(supervisor).save(home, home.started());
    }

    private Map<String, String> supervisorEnvironment() {
        Map<String, String> environment = new LinkedHashMap<>(Wiring.carried(shell.environment()));
        environment.put("MALLOC_ARENA_MAX", "1");
        return environment;
    }

    private void noteTime(Plan plan, Set<Long> before, Deadline deadline) {
        long fresh = ProcessTable.load(home.processes()).processes().stream()
                .filter(process -> !before.contains(process.pid()))
                .count();
        if (fresh > 0) {
            plan.with(new Plan.LastUp(Instant.now(), deadline.waited().toMillis(), Math.toIntExact(fresh)))
                    .save(home);
        }
    }

    private void nameEarlierBuilds(RunFolder folder, Progress progress) {
        List<String> earlier = ProcessTable.load(home.processes()).processes().stream()
                .filter(process -> !process.run().equals(folder.hash()) && process.alive())
                .map(ProcessRecord::name)
                .toList();
        if (!earlier.isEmpty()) {
            progress.say("from an earlier build, and left alone: %s; ./slipway restart takes the new one"
                    .formatted(String.join(", ", earlier)));
        }
    }

    private static List<URI> urls(Plan plan) {
        return plan.ports(Program.GATEWAY).stream()
                .map(port -> URI.create("http://127.0.0.1:" + port))
                .toList();
    }

    private void allowSources() {
        if (!java.nio.file.Files.exists(home.allowedSources())) {
            AllowedSources.of(home).save(home);
        }
    }

    /** The administrator's list is made once and then belongs to the administrator. */
    private void allowPrograms() {
        if (java.nio.file.Files.exists(home.allowedPrograms())) {
            return;
        }
        Properties programs = new Properties();
        programs.setProperty("java", Launcher.java().toString());
        StringWriter text = new StringWriter();
        try {
            programs.store(text, "Programs that releases may run, by name. Only what stands here is ever started.");
            OwnerOnly.write(home.allowedPrograms(), text.toString());
        } catch (IOException unwritable) {
            throw home.unwritable(unwritable);
        }
    }
}
