package dev.slipway.cli.machine;

import dev.slipway.bench.RunningSplit;
import dev.slipway.bench.Target;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Shell;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * A gateway and its broker as {@code up} would start them, flags and cache and all, but in a home of their own and on free
 * ports, and without the services: whatever they would be asked is answered elsewhere. Ends, and leaves nothing behind,
 * when it is closed.
 */
public final class MeasuredGateway implements RunningSplit {
    private static final Duration READY_MAX = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration TOKEN_TTL = Duration.ofHours(2);
    private static final String HOST = "bench.localhost";
    private static final int LOG_LINES_SHOWN = 15;
    private static final List<Program> ROUTED =
            List.of(Program.RELEASE, Program.VALIDATION, Program.DEPLOYMENT, Program.NOTIFICATION);

    private final Home home;
    private final Plan plan;
    private final List<ProcessRecord> running = new ArrayList<>();
    private final Thread end = Thread.ofPlatform().unstarted(this::stop);

    private MeasuredGateway(Home home, Plan plan) {
        this.home = home;
        this.plan = plan;
    }

    /** Starts both from what the home was prepared with; its own data is in a folder of that home. */
    public static RunningSplit start(Home prepared, Shell shell, int servicesPort) {
        RunFolder folder = RunFolder.current(prepared);
        Home home = new Home(prepared.root().resolve("bench"));
        Shutdown.stopQuietly(Launcher.marked(home)); // of a run that was killed
        home.wipe();
        home.prepare();
        IssuerKey.ensure(home);
        Plan.PortsNow ports = Plan.PortsNow.ofThisMachine();
        PlatformPorts platform = PlatformPorts.free();
        Set<Integer> given = new HashSet<>(platform.all());
        int api = Plan.port(Plan.Listener.API, 0, null, false, given, ports);
        given.add(api);
        int front = Plan.port(Plan.Listener.FRONT, 0, null, false, given, ports);
        Plan plan = Plan.of(folder.hash(), 1, platform, new Plan.Doors(api, front), null, Set.of(), ports);
        MeasuredGateway gateway = new MeasuredGateway(home, plan);
        Runtime.getRuntime().addShutdownHook(gateway.end);
        try {
            gateway.startBoth(new Launcher(home, folder, shell.environment()), servicesPort);
            return gateway;
        } catch (RuntimeException notStarted) {
            gateway.close();
            throw notStarted;
        }
    }

    private void startBoth(Launcher launcher, int servicesPort) {
        ProcessRecord platform = started(launcher.start(Launcher.Order.of(
                Program.PLATFORM, Map.of("MALLOC_ARENA_MAX", "1"), Wiring.platformArguments(home, plan.platform()))));
        awaitReady(platform, () -> Readiness.ofPlatform(home, platform, plan.platform()));
        Instance instance = Instance.only(Program.GATEWAY);
        Map<String, String> environment = new Wiring(home, plan, Map.of()).environment(instance);
        ROUTED.forEach(service -> environment.put(
                "SLIPWAY_ROUTES_"
                        + service.processName().replace("-service", "").toUpperCase(java.util.Locale.ROOT),
                "http://127.0.0.1:" + servicesPort));
        ProcessRecord gateway = started(launcher.start(Launcher.Order.of(Program.GATEWAY, environment, List.of())));
        awaitReady(gateway, () -> Readiness.ofService(apiPort()));
    }

    private ProcessRecord started(Launcher.Started started) {
        running.add(started.record());
        return started.record();
    }

    private void awaitReady(ProcessRecord process, BooleanSupplier ready) {
        Deadline deadline = Deadline.in(READY_MAX);
        while (!ready.getAsBoolean()) {
            if (deadline.passed() || !process.alive()) {
                throw new CommandFailed(
                        ExitCode.FAILED,
                        "the %s that is to be measured does not start; its last lines:%n%s"
                                .formatted(process.name(), tail(process.name())));
            }
            Deadline.pause(LOOK_EVERY);
        }
    }

    private String tail(String name) {
        return Instance.named(name)
                .map(instance -> String.join("\n", new Logs(home).last(instance, LOG_LINES_SHOWN)))
                .orElse("");
    }

    private int apiPort() {
        return plan.ports(Program.GATEWAY).getFirst();
    }

    private long pid() {
        return running.getLast().pid();
    }

    @Override
    public Target front() {
        return new Target("split", "127.0.0.1:" + plan.fronts().getFirst(), HOST, "", pid());
    }

    @Override
    public Target api() {
        String address = "127.0.0.1:" + apiPort();
        return new Target("api", address, address, "", pid());
    }

    @Override
    public String kafka() {
        return "127.0.0.1:" + plan.platform().kafka();
    }

    @Override
    public List<String> publishers(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> token("ci-" + number, Role.PUBLISHER))
                .toList();
    }

    @Override
    public String viewer() {
        return token("viewer", Role.VIEWER);
    }

    @Override
    public String operator() {
        return token("operator", Role.OPERATOR);
    }

    private String token(String name, Role role) {
        return new Tokens(IssuerKey.load(home))
                .issue(new Tokens.Bearer(name, name + "@example.test"), List.of(role), Instant.now(), TOKEN_TTL);
    }

    @Override
    public void close() {
        if (Runtime.getRuntime().removeShutdownHook(end)) {
            stop();
        }
    }

    /** The gateway first: it would spend its last seconds looking for the broker. */
    private void stop() {
        running.reversed().forEach(process -> Shutdown.stopQuietly(List.of(process)));
        try {
            Folders.delete(home.root());
        } catch (IOException left) {
            throw home.unwritable(left);
        }
    }
}
