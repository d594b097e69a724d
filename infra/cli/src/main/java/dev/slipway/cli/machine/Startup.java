package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Progress;
import dev.slipway.cli.shell.Shell;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * Brings Slipway up: platform, then the five services side by side. What runs already is left alone, what died is
 * started again. Each process is on record as soon as it is started, so that an end in the middle leaves nothing unknown.
 */
public final class Startup {
    private static final int PORT = 8_080;
    private static final Duration PLATFORM_USUALLY = Duration.ofSeconds(5);
    private static final Duration SERVICES_USUALLY = Duration.ofSeconds(25);
    private static final Duration LOOK_EVERY = Duration.ofMillis(150);
    private static final int LOG_LINES_SHOWN = 15;

    private final Home home;
    private final Shell shell;
    private final Duration limit;
    private ProcessTable table = ProcessTable.empty();

    public Startup(Home home, Shell shell, Duration limit) {
        this.home = home;
        this.shell = shell;
        this.limit = limit;
    }

    /**
     * Starts what does not run.
     *
     * @param wanted port of the gateway; empty takes the one that it had, or 8080; 0 takes a free one
     * @return the gateway's address
     */
    public URI run(OptionalInt wanted) {
        home.prepare();
        try (HomeInUse _ = HomeInUse.take(home);
                Progress progress = new Progress(shell)) {
            Deadline deadline = Deadline.in(limit);
            table = ProcessTable.load(home);
            int gatewayPort = gatewayPort(wanted);
            IssuerKey.ensure(home);
            allowPrograms();
            Launcher launcher = new Launcher(home, RunFolder.current(home), shell.environment());
            PlatformPorts platform = platform(launcher, progress, deadline);
            services(launcher, platform, gatewayPort, progress, deadline);
            nameEarlierBuilds(progress);
            URI url = URI.create("http://127.0.0.1:" + gatewayPort);
            EnvironmentFile.write(home, url, Instant.now());
            return url;
        }
    }

    private int gatewayPort(OptionalInt wanted) {
        String name = Program.GATEWAY.processName();
        OptionalInt running =
                table.alive(name).map(process -> OptionalInt.of(process.port())).orElse(OptionalInt.empty());
        if (running.isPresent()) {
            if (wanted.isPresent() && wanted.getAsInt() != 0 && wanted.getAsInt() != running.getAsInt()) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        "the gateway runs on port %d already: ./slipway down first, then up --port %d"
                                .formatted(running.getAsInt(), wanted.getAsInt()));
            }
            return running.getAsInt();
        }
        OptionalInt last =
                table.of(name).map(process -> OptionalInt.of(process.port())).orElse(OptionalInt.empty());
        if (wanted.equals(OptionalInt.of(0))) {
            return last.stream()
                    .filter(Ports::isFree)
                    .findFirst()
                    .orElseGet(() -> Ports.free(1).getFirst());
        }
        int port = wanted.orElse(last.orElse(PORT));
        if (!Ports.isFree(port)) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "port %d on 127.0.0.1 is in use: end what holds it, or choose another with --port (0 takes a free one)"
                            .formatted(port));
        }
        return port;
    }

    private PlatformPorts platform(Launcher launcher, Progress progress, Deadline deadline) {
        PlatformPorts ports = table.platform();
        if (ports != null && table.alive(Program.PLATFORM.processName()).isPresent()) {
            awaitPlatform(ports, progress, deadline);
            return ports;
        }
        if (ports == null || !ports.allFree()) {
            Shutdown.stopServices(home, table, progress); // they know the platform's old addresses
            ports = PlatformPorts.free();
        }
        save(table.with(ports));
        save(table.with(
                launcher.start(Program.PLATFORM, ports.kafka(), Map.of(), Wiring.platformArguments(home, ports))));
        awaitPlatform(ports, progress, deadline);
        return ports;
    }

    private void awaitPlatform(PlatformPorts ports, Progress progress, Deadline deadline) {
        Deadline own = Deadline.in(limit);
        while (!Readiness.ofPlatform(home, requireAlive(Program.PLATFORM), ports)) {
            requireTime(List.of(Program.PLATFORM), deadline);
            progress.at("platform starts", Progress.seconds(own.waited()), own.shareOf(PLATFORM_USUALLY));
            Deadline.pause(LOOK_EVERY);
        }
        progress.say("platform: broker, store and inbox are ready (%s)".formatted(Progress.seconds(own.waited())));
    }

    private void services(
            Launcher launcher, PlatformPorts platform, int gatewayPort, Progress progress, Deadline deadline) {
        Map<String, Integer> ports = servicePorts(gatewayPort);
        Wiring wiring = new Wiring(home, platform, ports, shell.environment());
        Map<Program, Deadline> starting = new LinkedHashMap<>();
        for (Program service : Program.services()) {
            if (table.alive(service.processName()).isEmpty()) {
                int port = ports.getOrDefault(service.processName(), 0);
                save(table.with(launcher.start(service, port, wiring.environment(service), List.of())));
            }
            starting.put(service, Deadline.in(limit));
        }
        await(starting, ports, progress, deadline);
    }

    private void await(
            Map<Program, Deadline> starting, Map<String, Integer> ports, Progress progress, Deadline deadline) {
        int all = starting.size();
        Deadline own = Deadline.in(limit);
        while (!starting.isEmpty()) {
            for (Map.Entry<Program, Deadline> service : List.copyOf(starting.entrySet())) {
                requireAlive(service.getKey());
                String name = service.getKey().processName();
                int port = ports.getOrDefault(name, 0);
                if (Readiness.ofService(port)) {
                    starting.remove(service.getKey());
                    progress.say("%s: ready on port %d (%s)"
                            .formatted(
                                    name,
                                    port,
                                    Progress.seconds(service.getValue().waited())));
                }
            }
            if (!starting.isEmpty()) {
                requireTime(List.copyOf(starting.keySet()), deadline);
                progress.at(
                        "services start side by side",
                        "%d of %d ready, %s".formatted(all - starting.size(), all, Progress.seconds(own.waited())),
                        Math.max((double) (all - starting.size()) / all, own.shareOf(SERVICES_USUALLY)));
                Deadline.pause(LOOK_EVERY);
            }
        }
    }

    /** A service keeps the port that it had, unless someone else has it now. */
    private Map<String, Integer> servicePorts(int gatewayPort) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        List<Integer> free = Ports.free(Program.services().size());
        for (Program service : Program.services()) {
            String name = service.processName();
            int fresh = free.get(ports.size());
            int port = table.of(name)
                    .filter(process -> process.alive() || Ports.isFree(process.port()))
                    .map(ProcessRecord::port)
                    .orElse(fresh);
            ports.put(name, service == Program.GATEWAY ? gatewayPort : port);
        }
        return ports;
    }

    private void nameEarlierBuilds(Progress progress) {
        String built = RunFolder.current(home).hash();
        List<String> earlier = table.processes().stream()
                .filter(process -> !process.run().equals(built) && process.alive())
                .map(ProcessRecord::name)
                .toList();
        if (!earlier.isEmpty()) {
            progress.say("from an earlier build, and left alone: %s; ./slipway down, then up, takes the new one"
                    .formatted(String.join(", ", earlier)));
        }
    }

    private ProcessRecord requireAlive(Program program) {
        return table.alive(program.processName())
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.FAILED,
                        "%s ended while it started; its last lines:%n%s%nSee ./slipway logs %s"
                                .formatted(program.processName(), tail(program), program.processName())));
    }

    private void requireTime(List<Program> waitedFor, Deadline deadline) {
        if (deadline.passed()) {
            Program first = waitedFor.getFirst();
            throw new CommandFailed(
                    ExitCode.UNREACHABLE,
                    "%s not ready after %s; last lines of %s:%n%s%nTry ./slipway up again, with --within for more time"
                            .formatted(
                                    String.join(
                                            ", ",
                                            waitedFor.stream()
                                                    .map(Program::processName)
                                                    .toList()),
                                    Progress.seconds(deadline.waited()),
                                    first.processName(),
                                    tail(first)));
        }
    }

    private String tail(Program program) {
        return String.join("\n", new Logs(home).last(program, LOG_LINES_SHOWN));
    }

    private void save(ProcessTable changed) {
        table = changed;
        table.save(home);
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
