package dev.slipway.cli.machine;

import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * Makes the ahead-of-time caches (JEP 483, 514, 515) of a run folder: starts each program once more beside what runs, on
 * a platform and data of its own, notes what it loads until it is ready, and has the JVM write that down. A process of its
 * own at low priority, after the first start from a new build; until then, and wherever a cache does not fit, a
 * start only takes longer.
 */
public final class CacheMaker {
    private static final Duration READY_MAX = Duration.ofMinutes(15);
    private static final Duration END_MAX = Duration.ofMinutes(5);
    private static final Duration MAKE_MAX = Duration.ofMinutes(15);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    /** A tenth of what another session gets, so that a busy machine delays the caches and does not prevent them. */
    private static final String SESSION_NICENESS = "10";

    private static final List<Program> TRAINED = List.of(
            Program.LOAD, // stands for all that runs from the command's own jars
            Program.RELEASE,
            Program.VALIDATION,
            Program.DEPLOYMENT,
            Program.NOTIFICATION,
            Program.GATEWAY,
            Program.PLATFORM);

    private final Home home;
    private final RunFolder folder;
    private final Home training;
    private final Plan plan;
    private final Launcher launcher;
    private final Deque<Process> running = new ConcurrentLinkedDeque<>();

    private CacheMaker(Home home, RunFolder folder) {
        this.home = home;
        this.folder = folder;
        this.training = new Home(folder.caches().resolve("training"));
        Plan.PortsNow ports =
                new Plan.PortsNow(Ports::isFree, () -> Ports.free(1).getFirst());
        this.plan = Plan.of(
                folder.hash(), 1, PlatformPorts.free(), Ports.free(1).getFirst(), null, java.util.Set.of(), ports);
        this.launcher = new Launcher(home, folder, System.getenv());
    }

    /** Starts the process that makes the caches, unless they are there, are being made or are not wanted. */
    static boolean startWhereMissing(Home home, RunFolder folder, Map<String, String> environment) {
        ProcessTable started = ProcessTable.load(home.started());
        if ("never".equals(environment.get("SLIPWAY_CACHES"))
                || missing(folder).isEmpty()
                || started.alive(Program.CACHES.processName()).isPresent()) {
            return false;
        }
        Launcher.Order order = new Launcher.Order(
                Instance.only(Program.CACHES),
                0,
                Map.of("MALLOC_ARENA_MAX", "1"),
                List.of(home.root().toString(), folder.hash()),
                "",
                true);
        ProcessRecord maker =
                new Launcher(home, folder, environment).start(order).record();
        started.with(maker).save(home, home.started());
        return true;
    }

    private static List<Program> missing(RunFolder folder) {
        return TRAINED.stream()
                .filter(program -> !Files.exists(folder.cache(program)))
                .toList();
    }

    public static void main(String[] arguments) throws IOException {
        Home home = new Home(Path.of(arguments[0]));
        RunFolder folder = new RunFolder(home.runs().resolve(arguments[1]), arguments[1]);
        yieldToOtherSessions();
        CacheMaker maker = new CacheMaker(home, folder);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(maker::breakOff));
        try {
            Folders.delete(maker.training.root());
            maker.makeAll();
        } finally {
            maker.breakOff();
            Folders.delete(maker.training.root());
        }
    }

    /** Linux shares the processor between sessions first, so that the niceness of a process counts within its own only. */
    private static void yieldToOtherSessions() {
        try {
            String self = Files.readString(Path.of("/proc/self/stat"));
            String session = self.substring(self.lastIndexOf(')') + 2).split(" ")[3];
            Path group = Path.of("/proc/self/autogroup");
            if (session.equals(Long.toString(ProcessHandle.current().pid())) && Files.exists(group)) {
                Files.writeString(group, SESSION_NICENESS);
            }
        } catch (IOException notLinux) {
            System.err.println("runs at ordinary priority: " + notLinux);
        }
    }

    private void breakOff() {
        running.forEach(Process::destroyForcibly);
    }

    private void makeAll() throws IOException {
        List<Program> missing = missing(folder);
        training.prepare();
        IssuerKey.ensure(training);
        if (missing.contains(Program.LOAD)) {
            command();
        }
        if (missing.stream().allMatch(program -> program == Program.LOAD)) {
            return;
        }
        boolean platformToo = missing.contains(Program.PLATFORM);
        Process platform = start(Program.PLATFORM, platformToo);
        ProcessRecord record = new ProcessRecord(
                "platform", platform.pid(), platform.info().startInstant().orElseGet(Instant::now), 0, "", "");
        awaitReady(platform, () -> Readiness.ofPlatform(training, record, plan.platform()));
        for (Program service : Program.services()) {
            if (missing.contains(service)) {
                train(service);
            }
        }
        end(platform);
        if (platformToo) {
            make(Program.PLATFORM);
        }
    }

    private void train(Program service) throws IOException {
        Process process = start(service, true);
        int port = plan.ports(service).getFirst();
        awaitReady(process, () -> Readiness.ofService(port));
        new TrainingRequests(port, new Tokens(IssuerKey.load(training))).send();
        end(process);
        make(service);
    }

    private void command() throws IOException {
        List<String> command = new ArrayList<>(List.of(Launcher.java().toString()));
        command.addAll(JvmFlags.shape());
        command.addAll(recording(Program.LOAD));
        command.add("@" + argumentFile(Program.LOAD));
        command.addAll(List.of("dev.slipway.cli.Slipway", "--home", home.root().toString(), "status"));
        Process status = begun(command, Map.of(), "cli");
        awaitEnd(status, END_MAX);
        make(Program.LOAD);
    }

    private Process start(Program program, boolean record) throws IOException {
        List<String> command = launcher.java(
                "training-" + program.processName(), program, training.logs(), record ? recording(program) : List.of());
        Map<String, String> environment = Map.of("MALLOC_ARENA_MAX", "1");
        if (program == Program.PLATFORM) {
            command.addAll(Wiring.platformArguments(training, plan.platform()));
        } else {
            environment = new Wiring(training, plan, Map.of()).environment(Instance.only(program));
        }
        return begun(command, environment, program.processName());
    }

    private Process begun(List<String> command, Map<String, String> environment, String name) throws IOException {
        Process process = launcher.start(command, environment, training.logs().resolve(name + ".out"));
        running.add(process);
        return process;
    }

    private List<String> recording(Program program) {
        return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + configuration(program), "-Xlog:disable");
    }

    private Path configuration(Program program) {
        return training.root().resolve(program.processName() + ".aotconf");
    }

    private Path argumentFile(Program program) throws IOException {
        launcher.java("", program, training.logs(), List.of()); // writes it where it is not there yet
        return folder.root().resolve(program.processName() + ".args");
    }

    /** The cache appears whole or not at all. */
    private void make(Program program) throws IOException {
        Path unfinished = training.root().resolve(program.processName() + ".aot");
        List<String> command = new ArrayList<>(List.of(Launcher.java().toString()));
        command.addAll(JvmFlags.shape());
        command.addAll(List.of(
                "-XX:AOTMode=create",
                "-XX:AOTConfiguration=" + configuration(program),
                "-XX:AOTCache=" + unfinished,
                "-Xmx256m",
                "-Xlog:disable",
                "@" + argumentFile(program)));
        Process make = begun(command, Map.of("MALLOC_ARENA_MAX", "1"), program.processName() + "-make");
        awaitEnd(make, MAKE_MAX);
        Files.deleteIfExists(configuration(program));
        if (make.exitValue() == 0 && Files.exists(unfinished)) {
            Files.move(unfinished, folder.cache(program), StandardCopyOption.ATOMIC_MOVE);
        } else {
            System.err.println("no cache was made for " + program.processName() + ": "
                    + Arrays.toString(
                            Files.readAllBytes(training.logs().resolve(program.processName() + "-make.out"))));
        }
    }

    private static void awaitReady(Process process, java.util.function.BooleanSupplier ready) {
        Deadline deadline = Deadline.in(READY_MAX);
        while (!ready.getAsBoolean()) {
            if (deadline.passed() || !process.isAlive()) {
                throw new CommandFailed(ExitCode.FAILED, "a program did not become ready; the caches stay unmade");
            }
            Deadline.pause(LOOK_EVERY);
        }
    }

    private void end(Process process) {
        process.destroy();
        awaitEnd(process, END_MAX);
    }

    private void awaitEnd(Process process, Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new CommandFailed(ExitCode.FAILED, "a program did not end; the caches stay unmade");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "interrupted", interrupted);
        }
        running.remove(process);
    }

    /** Requests that a service gets in training, so that the first real one is quick too. */
    private record TrainingRequests(int port, Tokens tokens) {
        private static final List<String> PATHS =
                List.of("/api/v1/releases", "/api/v1/environments", "/api/v1/deliveries", "/", "/apps/a/b/c");

        void send() {
            String token = tokens.issue(
                    new Tokens.Bearer("training", "training@example.test"),
                    List.of(Role.VIEWER),
                    Instant.now(),
                    READY_MAX);
            for (String path : PATHS) {
                Readiness.asked(port, path, token);
            }
        }
    }
}
