package dev.slipway.deployment.target;

import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.environment.Instance;
import dev.slipway.deployment.target.TargetPort.Startup.Down;
import dev.slipway.deployment.target.TargetPort.Startup.Up;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs versions as processes of this machine that outlive this service.
 *
 * <p>A process is started without a shell, with an environment that holds its port and nothing else, in a work
 * directory of its own, with its output in a file. Its standard streams are files, so that it neither notices nor minds
 * when this service is killed; it is a session of its own where the system has a program for that, so that Ctrl-C in
 * this service's terminal does not reach it. A signal to this service's pid never does.
 *
 * <p>The port is recorded before the start, pid and start instant after it. A crash in between is healed by looking for
 * the process that works in the key's work directory. So whoever holds the key's lock knows whether its process runs,
 * and none is started twice.
 */
public final class ProcessTarget implements TargetPort {
    private static final Logger log = LoggerFactory.getLogger(ProcessTarget.class);
    private static final String HOST = "127.0.0.1";
    private static final String ARTIFACT = "{artifact}";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Duration KILL_WITHIN = Duration.ofSeconds(5);

    private final TargetSettings settings;
    private final AllowedPrograms programs;
    private final VersionClient versions;
    private final InstantSource clock;

    public ProcessTarget(
            TargetSettings settings, AllowedPrograms programs, VersionClient versions, InstantSource clock) {
        this.settings = settings;
        this.programs = programs;
        this.versions = versions;
        this.clock = clock;
    }

    @Override
    public Startup start(Launch launch, long fence, BooleanSupplier dropped) throws InterruptedException {
        Target target = launch.target();
        if (!VARIABLE.matcher(target.portEnv()).matches()) {
            return new Down("target.portEnv " + target.portEnv() + " is no name of an environment variable");
        }
        String name = target.command().getFirst();
        Optional<Path> program = programs.find(name);
        if (program.isEmpty()) {
            return new Down("The program " + name + " is not on the administrator's list of allowed programs. Run"
                    + " ./slipway allow " + name + ", or add the line " + name
                    + "=/its/absolute/path to the file that slipway.targets.allowed-programs names");
        }
        Instant until = clock.instant().plus(launch.startWithin());
        KeyFolder folder = folder(launch.key());
        for (int tries = 1; ; tries++) {
            Spawned spawned = folder.locked(record -> adoptOrSpawn(folder, record, launch, program.get(), fence));
            if (spawned.refused() != null) {
                return new Down(spawned.refused());
            }
            Startup startup = awaitHealth(spawned.record(), launch, until, dropped);
            if (startup instanceof Up || tries >= settings.portTriesMax() || !portWasTaken(spawned.record())) {
                return startup;
            }
            log.info(
                    "Port {} was taken by another program; {} gets another one",
                    spawned.record().port(),
                    launch.key());
        }
    }

    private record Spawned(ProcessRecord record, @Nullable String refused) {}

    private Spawned adoptOrSpawn(KeyFolder folder, ProcessRecord record, Launch launch, Path program, long fence)
            throws IOException {
        if (fence < record.fence()) {
            return new Spawned(
                    record,
                    "Another worker has this version by now: fence %d is below %d".formatted(fence, record.fence()));
        }
        ProcessRecord seen = record.seen(fence);
        Optional<ProcessHandle> there = running(folder, seen, launch.artifact().toString());
        if (there.isPresent()) {
            ProcessRecord adopted = recorded(seen, there.get());
            if (seen.state() == ProcessRecord.State.STARTING) {
                folder.note(EffectLine.of(EffectLine.Effect.FOUND, adopted, clock.instant()));
            }
            folder.write(adopted);
            log.info("Adopted {}: pid {}, port {}", launch.key(), adopted.pid(), adopted.port());
            return new Spawned(adopted, null);
        }
        return spawn(folder, seen, launch, program);
    }

    private Spawned spawn(KeyFolder folder, ProcessRecord seen, Launch launch, Path program) throws IOException {
        folder.newLog();
        ProcessRecord starting = folder.write(seen.starting(port(seen), clock.instant()));
        ProcessBuilder builder = new ProcessBuilder(command(launch, program))
                .directory(folder.workDirectory().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put(launch.target().portEnv(), Integer.toString(starting.port()));
        Process process;
        try {
            process = builder.start();
        } catch (IOException refused) {
            folder.write(starting.stopped(clock.instant()));
            return new Spawned(
                    starting, "The program " + launch.target().command().getFirst() + " cannot be started");
        }
        ProcessRecord running = recorded(starting, process.toHandle());
        folder.note(EffectLine.of(EffectLine.Effect.STARTED, running, clock.instant()));
        folder.write(running);
        log.info("Started {}: pid {}, port {}", launch.key(), running.pid(), running.port());
        return new Spawned(running, null);
    }

    private List<String> command(Launch launch, Path program) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(settings.sessionProgram())) {
            command.add(settings.sessionProgram().toString()); // execs the rest: the pid stays
        }
        command.add(program.toString());
        launch.target().command().stream()
                .skip(1)
                .map(part -> part.replace(ARTIFACT, launch.artifact().toString()))
                .forEach(command::add);
        return command;
    }

    /** The process of this record, even if a crash kept its pid from being written. */
    private static Optional<ProcessHandle> running(KeyFolder folder, ProcessRecord record, String artifact) {
        return switch (record.state()) {
            case RUNNING -> ProcessTable.find(record.pid(), record.startedAt(), record.birth());
            case STARTING -> ProcessTable.startedIn(folder.workDirectory(), artifact, record.at());
            case STOPPED, UNKNOWN -> Optional.empty();
        };
    }

    private ProcessRecord recorded(ProcessRecord record, ProcessHandle process) {
        Instant start = process.info().startInstant().orElse(clock.instant());
        return record.running(process.pid(), start, ProcessTable.birth(process.pid()), clock.instant());
    }

    private Startup awaitHealth(ProcessRecord record, Launch launch, Instant until, BooleanSupplier dropped)
            throws InterruptedException {
        URI address = URI.create("http://" + HOST + ":" + record.port());
        String health = launch.target().health();
        while (!dropped.getAsBoolean()) {
            if (!alive(record)) {
                return new Down("It ended by itself before it was healthy; its output is in its log");
            }
            if (healthy(address, health, launch.traceparent()) && alive(record)) {
                return new Up(new Instance(address, "pid " + record.pid() + " since " + record.startedAt()));
            }
            if (!clock.instant().isBefore(until)) {
                return new Down("It did not answer 200 on " + health + " in time");
            }
            Thread.sleep(settings.healthEvery());
        }
        return new Down("Nobody wants it any more");
    }

    private boolean healthy(URI address, String health, @Nullable String traceparent) throws InterruptedException {
        try {
            return versions.status(address, health, traceparent) == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean alive(ProcessRecord record) {
        return ProcessTable.find(record.pid(), record.startedAt(), record.birth())
                .isPresent();
    }

    /** Ended while another program has its port: not its own fault. */
    private static boolean portWasTaken(ProcessRecord record) {
        if (alive(record)) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), record.port()));
            return false;
        } catch (IOException taken) {
            return true;
        }
    }

    /** Where it was before, if that is free: whoever knows its address finds it again. */
    private static int port(ProcessRecord before) throws IOException {
        if (before.port() == 0) {
            return freePort();
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), before.port()));
            return before.port();
        } catch (IOException taken) {
            return freePort();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void stop(String key, long fence) throws InterruptedException {
        KeyFolder folder = folder(key);
        folder.locked(record -> {
            if (fence < record.fence()) {
                return false; // somebody has started it anew since
            }
            Optional<ProcessHandle> process = running(folder, record, key);
            if (process.isPresent()) {
                ProcessRecord ended = recorded(record.seen(fence), process.get());
                end(process.get());
                folder.note(EffectLine.of(EffectLine.Effect.STOPPED, ended, clock.instant()));
                log.info("Stopped {}: pid {}", key, process.get().pid());
            }
            folder.write(record.seen(fence).stopped(clock.instant()));
            folder.clean();
            return true;
        });
    }

    private void end(ProcessHandle process) throws InterruptedException {
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        String birth = ProcessTable.birth(process.pid());
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!ended(process, start, birth, settings.stopWithin())) {
            process.destroyForcibly();
            if (!ended(process, start, birth, KILL_WITHIN)) {
                throw new IllegalStateException("Process " + process.pid() + " does not end");
            }
        }
        children.forEach(ProcessHandle::destroyForcibly); // a handle knows its start instant, so it hits no other
    }

    /** Looks for itself beside waiting: an adopted process may stay behind as a zombie that nobody reaps. */
    private boolean ended(ProcessHandle process, Instant start, @Nullable String birth, Duration within)
            throws InterruptedException {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        Instant until = clock.instant().plus(within);
        do {
            try {
                exit.get(settings.healthEvery().toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException notYet) {
                if (ProcessTable.find(process.pid(), start, birth).isEmpty()) {
                    return true;
                }
            } catch (ExecutionException impossible) {
                throw new IllegalStateException("Waiting for a process failed", impossible);
            }
        } while (clock.instant().isBefore(until));
        return false;
    }

    @Override
    public Presence check(String key) {
        KeyFolder folder = folder(key);
        if (!folder.known()) {
            return Presence.UNKNOWN;
        }
        try {
            ProcessRecord record = folder.read();
            return switch (record.state()) {
                case RUNNING -> alive(record) ? Presence.RUNNING : ended(folder, record);
                case STOPPED -> Presence.GONE;
                case STARTING, UNKNOWN -> Presence.UNKNOWN;
            };
        } catch (IOException unreadable) {
            log.warn("Cannot read the process record of {}: {}", key, unreadable.toString());
            return Presence.UNKNOWN;
        }
    }

    private static Presence ended(KeyFolder folder, ProcessRecord record) throws IOException {
        return OurEnd.of(folder.ourEnd(), record) ? Presence.ENDED_BY_US : Presence.GONE;
    }

    /** Bounds the log of what runs under this key; nothing if it is unknown here, or somebody is busy with it. */
    public void boundLog(String key) throws IOException, InterruptedException {
        KeyFolder folder = folder(key);
        if (folder.known()) {
            folder.ifFree(_ -> {
                folder.boundLog(settings.logBytesMax().toBytes());
                return true;
            });
        }
    }

    /** Removes what is left of the longest stopped processes; returns how many folders went. */
    public int forget() throws IOException {
        return KeyFolder.forget(
                settings.directory(), settings.stoppedKept(), clock.instant().minus(settings.stoppedKeptFor()));
    }

    private KeyFolder folder(String key) {
        return new KeyFolder(settings.directory(), key);
    }
}
