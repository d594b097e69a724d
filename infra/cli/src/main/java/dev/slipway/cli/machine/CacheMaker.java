package dev.slipway.cli.machine;

import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Makes the ahead-of-time caches (JEP 483, 514) of a build, as its last step: {@code SOURCE TARGET}. It starts each program
 * once, on a platform and data of its own, notes what it loads until it is ready and has answered a little, and has the JVM
 * write that down. Trouble here fails no build: whatever has no cache only starts later. ADR 6.
 */
public final class CacheMaker {
    private static final Duration READY_MAX = Duration.ofMinutes(5);
    private static final Duration END_MAX = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final String UNWANTED = "never";
    /** What the front is asked in training: for an application that is not there. */
    private static final String NOBODY = "/apps/nobody/production/";

    /** The jars that four services share, with a service that stands for them: its own jars are not to be cached. */
    private static final String STAND_IN = "dev.slipway.web.Apart";

    private static final List<Program> TRAINED =
            List.of(Program.LOAD, Program.PLATFORM, Program.RELEASE, Program.GATEWAY);

    private final RunFolder folder;
    private final Path caches;
    private final Home training;
    private final Plan plan;
    private final Launcher launcher;
    private final Collection<Process> running = new ConcurrentLinkedDeque<>();

    private CacheMaker(Home training, RunFolder folder, Path caches) {
        this.folder = folder;
        this.caches = caches;
        this.training = training;
        Plan.PortsNow ports = Plan.PortsNow.ofThisMachine();
        PlatformPorts platform = PlatformPorts.free();
        Set<Integer> given = new HashSet<>(platform.all());
        int api = Plan.port(Plan.Listener.API, 0, null, false, given, ports);
        given.add(api);
        int front = Plan.port(Plan.Listener.FRONT, 0, null, false, given, ports);
        this.plan = Plan.of(folder.hash(), 1, platform, new Plan.Doors(api, front), null, Set.of(), ports);
        this.launcher = new Launcher(training, folder, System.getenv());
    }

    public static void main(String[] arguments) {
        Path source = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path target = Path.of(arguments[1]).toAbsolutePath();
        if (UNWANTED.equals(System.getenv("SLIPWAY_CACHES"))) {
            return;
        }
        Instant since = Instant.now();
        Home training = new Home(target.resolve("training"));
        try {
            Path all = RunFolder.builtCaches(source);
            String hash = BuiltJars.of(source).hash();
            Path caches = all.resolve(hash);
            if (areThere(caches, new RunFolder(training.runs().resolve(hash), hash))) {
                return;
            }
            Folders.delete(training.root());
            RunFolder folder = RunFolder.prepare(training, source);
            Path unfinished = Files.createDirectories(training.root().resolve("aot"));
            CacheMaker maker = new CacheMaker(training, folder, unfinished);
            Thread end = Thread.ofPlatform().unstarted(maker::breakOff);
            Runtime.getRuntime().addShutdownHook(end);
            try {
                maker.makeAll();
            } finally {
                maker.breakOff();
            }
            Folders.delete(all);
            Files.createDirectories(all);
            Files.move(unfinished, caches, StandardCopyOption.ATOMIC_MOVE);
            System.out.printf(
                    "start-up caches: %d MB, made in %d s%n",
                    Folders.bytes(caches) >> 20,
                    Duration.between(since, Instant.now()).toSeconds());
        } catch (IOException | RuntimeException trouble) {
            System.out.println("no start-up caches, so that everything starts later: " + trouble.getMessage());
        } finally {
            delete(training.root());
        }
    }

    /** Those of this build and this JDK. */
    private static boolean areThere(Path caches, RunFolder folder) {
        return TRAINED.stream()
                .allMatch(program ->
                        Files.exists(caches.resolve(folder.cache(program).getFileName())));
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException left) {
            System.out.println("left behind: " + folder + " (" + left.getMessage() + ")");
        }
    }

    private void breakOff() {
        running.forEach(Process::destroyForcibly);
    }

    private void makeAll() throws IOException {
        IssuerKey.ensure(training);
        Process platform = start(Program.PLATFORM);
        together(List.of(this::command, () -> {
            ProcessRecord record = new ProcessRecord("platform", platform.pid(), Instant.now(), 0, "", "");
            awaitReady(platform, () -> Readiness.ofPlatform(training, record, plan.platform()));
            return null;
        }));
        together(List.of(() -> train(Program.RELEASE), () -> train(Program.GATEWAY)));
        together(List.of(() -> make(Program.RELEASE), () -> make(Program.GATEWAY), () -> {
            end(platform);
            return make(Program.PLATFORM);
        }));
    }

    /** All of them; the first one's trouble if there is any. */
    private static void together(List<Callable<Void>> work) throws IOException {
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : workers.invokeAll(work)) {
                done.get();
            }
        } catch (ExecutionException trouble) {
            throw new IOException(String.valueOf(trouble.getCause()), trouble);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private Void train(Program service) throws IOException {
        Process process = start(service);
        int port = plan.ports(service).getFirst();
        awaitReady(process, () -> Readiness.ofService(port));
        new TrainingRequests(port, new Tokens(IssuerKey.load(training))).send();
        plan.front(service.processName()).ifPresent(front -> Readiness.asked(front, NOBODY, ""));
        end(process);
        return null;
    }

    /** The command itself, which all that runs from its jars shares. */
    private Void command() throws IOException {
        List<String> command = new ArrayList<>(List.of(Launcher.java().toString()));
        command.addAll(JvmFlags.brief());
        command.addAll(recording(Program.LOAD));
        command.addAll(List.of("-cp", folder.classPath(Program.LOAD), "dev.slipway.cli.Slipway"));
        command.addAll(List.of("--home", training.root().toString(), "status"));
        awaitEnd(begun(command, Map.of(), "cli"));
        return make(Program.LOAD);
    }

    private Process start(Program program) throws IOException {
        List<String> command = new ArrayList<>(List.of(Launcher.java().toString()));
        command.addAll(JvmFlags.training(program));
        command.addAll(recording(program));
        command.addAll(List.of("-cp", cached(program)));
        if (program == Program.RELEASE) {
            command.addAll(List.of(STAND_IN, folder.classPathApart(program)));
        }
        command.add(program.mainClass());
        Map<String, String> environment = Map.of("MALLOC_ARENA_MAX", "1");
        if (program == Program.PLATFORM) {
            command.addAll(Wiring.platformArguments(training, plan.platform()));
        } else {
            environment = new Wiring(training, plan, Map.of()).environment(Instance.only(program));
        }
        return begun(command, environment, program.processName());
    }

    /** The class path that a cache holds for: all of it, or what begins the class paths of those that share the cache. */
    private String cached(Program program) throws IOException {
        return program == Program.RELEASE ? folder.classPathShared() : folder.classPath(program);
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

    private Void make(Program program) throws IOException {
        List<String> command = new ArrayList<>(List.of(Launcher.java().toString()));
        command.addAll(JvmFlags.brief());
        command.addAll(List.of(
                "-XX:AOTMode=create",
                "-XX:AOTConfiguration=" + configuration(program),
                "-XX:AOTCache=" + caches.resolve(folder.cache(program).getFileName()),
                "-Xmx256m",
                "-Xlog:disable",
                "-cp",
                cached(program)));
        String name = program.processName() + "-make";
        Process make = begun(command, Map.of("MALLOC_ARENA_MAX", "1"), name);
        awaitEnd(make);
        Files.deleteIfExists(configuration(program));
        if (make.exitValue() != 0) {
            throw new IOException("none for " + program.processName() + ": "
                    + Files.readString(training.logs().resolve(name + ".out")));
        }
        return null;
    }

    private static void awaitReady(Process process, BooleanSupplier ready) {
        Deadline deadline = Deadline.in(READY_MAX);
        while (!ready.getAsBoolean()) {
            if (deadline.passed() || !process.isAlive()) {
                throw new CommandFailed(ExitCode.FAILED, "a program did not become ready in training");
            }
            Deadline.pause(LOOK_EVERY);
        }
    }

    private void end(Process process) throws IOException {
        process.destroy();
        awaitEnd(process);
    }

    private void awaitEnd(Process process) throws IOException {
        try {
            if (!process.waitFor(Pace.patience(END_MAX).toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException("a program did not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
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
