package dev.slipway.deployment.target;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.contracts.policy.Stop;
import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.environment.Instance;
import dev.slipway.deployment.target.Provisioning.Provided;
import dev.slipway.deployment.target.TargetPort.Startup.Down;
import dev.slipway.deployment.target.TargetPort.Startup.Up;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs versions as processes of this machine that outlive this service.
 *
 * <p>A process is started without a shell, with an environment that holds its ports and what the policy gives it and
 * nothing else, in a work directory of its own, with its output in a file. Its standard streams are files, so that it neither notices nor minds
 * when this service is killed; it is a session of its own where the system has a program for that, so that Ctrl-C in
 * this service's terminal does not reach it. A signal to this service's pid never does.
 *
 * <p>The port is recorded before the start, pid and start instant after it. A crash in between is healed by looking for
 * the process that works in the key's work directory. So whoever holds the key's lock knows whether its process runs,
 * and none is started twice.
 */
public final class ProcessTarget implements TargetPort {
    private static final Logger log = LoggerFactory.getLogger(ProcessTarget.class);
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Duration EXIT_PAUSE = Duration.ofMillis(20);
    private static final int EXIT_LOOKS = 25;

    private final TargetSettings settings;
    private final AllowedPrograms programs;
    private final VersionClient versions;
    private final Secrets secrets;
    private final Users users;
    private final Provisioning provisioning;
    private final InstantSource clock;
    private final Ending ending;
    private final ProgramLimits limits;
    private final Signals signals;
    private final Besides besides;

    public ProcessTarget(
            TargetSettings settings,
            AllowedPrograms programs,
            Secrets secrets,
            VersionClient versions,
            InstantSource clock) {
        this.settings = settings;
        this.programs = programs;
        this.secrets = secrets;
        this.users = new Users(settings.userProgram(), programs);
        this.provisioning = new Provisioning(settings.directory(), secrets, users, clock);
        this.versions = versions;
        this.clock = clock;
        this.ending = new Ending(settings.healthEvery(), clock);
        this.limits = ProgramLimits.of(settings);
        this.signals = new Signals(settings.signalProgram());
        this.besides = new Besides(settings.directory(), secrets);
    }

    @Override
    public Startup start(Launch launch, long fence, BooleanSupplier dropped) throws InterruptedException {
        Target target = launch.target();
        if (!VARIABLE.matcher(target.portEnv()).matches()) {
            return new Down("target.portEnv " + target.portEnv() + " is no name of an environment variable");
        }
        String name = target.command().getFirst();
        boolean own = OwnProgram.isMeant(name);
        if (own && !programs.artifactsMayRun(launch.facts().environment().application())) {
            return new Down(OwnProgram.notAllowed(launch.facts().environment().application()));
        }
        Optional<Path> program = own ? Optional.empty() : programs.find(name);
        if (!own && program.isEmpty()) {
            return new Down("The program " + name + " is not on the administrator's list of allowed programs. Run"
                    + " ./slipway allow " + name + ", or add the line " + name
                    + "=/its/absolute/path to the file that slipway.targets.allowed-programs names");
        }
        Instant until = clock.instant().plus(launch.startWithin());
        KeyFolder folder = folder(launch.key());
        for (int tries = 1; ; tries++) {
            Spawned spawned =
                    folder.locked(record -> adoptOrSpawn(folder, record, launch, program.orElse(null), fence));
            if (spawned.refused() != null) {
                return new Down(spawned.refused());
            }
            Startup startup = awaitHealth(spawned.record(), launch, until, dropped);
            if (startup instanceof Up(Instance instance)) {
                return new Up(instance.telling(besides.of(launch.facts(), launch.told())));
            }
            if (tries >= settings.portTriesMax() || !portWasTaken(spawned.record())) {
                return startup;
            }
            log.info(
                    "Port {} was taken by another program; {} gets another one",
                    spawned.record().port(),
                    launch.key());
        }
    }

    private static void tell(String key, KeyFolder folder, String what) throws IOException {
        if (!what.isEmpty()) {
            folder.tell(what);
            log.warn("{}: {}", key, what);
        }
    }

    private record Spawned(ProcessRecord record, @Nullable String refused) {}

    private Spawned adoptOrSpawn(
            KeyFolder folder, ProcessRecord record, Launch launch, @Nullable Path program, long fence)
            throws IOException, InterruptedException {
        if (fence < record.fence()) {
            return new Spawned(
                    record,
                    "Another worker has this version by now: fence %d is below %d".formatted(fence, record.fence()));
        }
        ProcessRecord seen = record.seen(fence);
        Optional<ProcessHandle> there =
                running(folder, seen, launch.parts().getFirst().path().toString());
        if (there.isPresent()) {
            ProcessRecord adopted = recorded(seen, there.get());
            if (seen.state() == ProcessRecord.State.STARTING) {
                folder.note(EffectLine.of(EffectLine.Effect.FOUND, adopted, clock.instant()));
            }
            folder.write(adopted);
            log.info("Adopted {}: pid {}, port {}", launch.key(), adopted.pid(), adopted.port());
            return new Spawned(adopted, null);
        }
        if (seen.state() == ProcessRecord.State.RUNNING) {
            Stop how = new Stop(Stop.Signal.TERM, Duration.ZERO);
            tell(launch.key(), folder, ending.endLeft(seen.pid()).text(how));
        }
        return spawn(folder, seen, launch, program);
    }

    private Spawned spawn(KeyFolder folder, ProcessRecord seen, Launch launch, @Nullable Path program)
            throws IOException, InterruptedException {
        return switch (provisioning.provide(launch, folder, seen)) {
            case Provided.Refused(String why) -> new Spawned(seen, why);
            case Provided.Ready ready -> run(folder, ready, launch, program);
        };
    }

    private Spawned run(KeyFolder folder, Provided.Ready ready, Launch launch, @Nullable Path program)
            throws IOException {
        ProcessRecord starting = ready.starting();
        Outfit outfit = ready.outfit();
        folder.output().begin(settings.logBounds());
        folder.keepStop(launch.target().stop());
        Confinement held = limits.confine(launch.key(), launch.target().limits());
        tellLimits(launch.key(), folder, held);
        Handover.giveLog(folder.log(), ready.account());
        ProcessBuilder builder = new ProcessBuilder(command(ready, program, held))
                .directory(outfit.folder().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(outfit.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException refused) {
            folder.write(starting.stopped(clock.instant()));
            return new Spawned(
                    starting, "The program " + launch.target().command().getFirst() + " cannot be started");
        }
        ProcessRecord running = recorded(starting, process.toHandle());
        Autopsy.attend(process, running.birth(), folder);
        folder.note(EffectLine.of(EffectLine.Effect.STARTED, running, clock.instant()));
        folder.write(running);
        log.info("Started {}: pid {}, port {}", launch.key(), running.pid(), running.port());
        return new Spawned(running, null);
    }

    private static void tellLimits(String key, KeyFolder folder, Confinement held) throws IOException {
        if (!held.text().isEmpty()) {
            folder.tell(held.text());
            log.info("{} {}", key, held.text());
        }
    }

    private List<String> command(Provided.Ready ready, @Nullable Path program, Confinement held) {
        Outfit outfit = ready.outfit();
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(settings.sessionProgram())) {
            command.add(settings.sessionProgram().toString()); // execs the rest: the pid stays
        }
        command.addAll(signals.before());
        command.addAll(held.before()); // by this service's user: limits may be raised, and groups entered
        command.addAll(users.before(ready.account()));
        command.add(program == null ? outfit.command().getFirst() : program.toString());
        outfit.command().stream().skip(1).forEach(command::add);
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
        HealthChecks checks = launch.checks();
        Reached reached = new Reached(record, launch.target());
        List<String> paths = Stream.of(checks.started(), checks.ready())
                .filter(Objects::nonNull)
                .map(reached::path)
                .toList();
        int answered = 0;
        while (!dropped.getAsBoolean()) {
            if (!alive(record)) {
                return down(record, "It ended by itself before it was healthy");
            }
            while (answered < paths.size() && healthy(reached, paths.get(answered), launch.traceparent())) {
                answered++;
            }
            boolean late = !clock.instant().isBefore(until);
            boolean askWho = late || answered == paths.size();
            List<String> silent = askWho ? PortFinder.silent(record.ports(), launch.target()) : List.of();
            if (answered == paths.size() && silent.isEmpty() && alive(record)) {
                String reference = "pid " + record.pid() + " since " + record.startedAt();
                return new Up(new Instance(
                        reached.traffic(), reference, record.secrets(), reached.metrics(), record.placeholders()));
            }
            if (late) {
                String missed = silent.isEmpty()
                        ? "It did not answer 200 on " + paths.get(Math.min(answered, paths.size() - 1))
                        : "Nobody listens on its port " + PortFinder.told(silent);
                return down(record, missed + " within " + Texts.words(launch.startWithin()));
            }
            Thread.sleep(settings.healthEvery());
        }
        return new Down("Nobody wants it any more");
    }

    private Down down(ProcessRecord record, String why) throws InterruptedException {
        KeyFolder folder = folder(record.key());
        Trouble trouble =
                alive(record) ? Autopsy.ofRunning(why, folder, record, masking()) : ended(why, folder, record);
        return new Down(trouble.text(), trouble);
    }

    /** With what is known of its end, which may take a moment to be written down. */
    private Trouble ended(String why, KeyFolder folder, ProcessRecord record) throws InterruptedException {
        for (int tries = 0; tries < EXIT_LOOKS && Autopsy.exit(folder, record).isEmpty(); tries++) {
            Thread.sleep(EXIT_PAUSE);
        }
        return Autopsy.ofEnded(why, folder, record, masking(), clock.instant());
    }

    @Override
    public Answered ask(String key, Target target, String path) throws InterruptedException {
        HealthChecks checks = target.checks();
        try {
            ProcessRecord record = folder(key).read();
            if (record.state() != ProcessRecord.State.RUNNING || !alive(record)) {
                return new Answered.NotAsked();
            }
            Reached reached = new Reached(record, target);
            int status = versions.status(reached.health(), reached.speaks(), reached.path(path), null, checks.within());
            return status == 200 ? new Answered.Well() : new Answered.Ill("answered " + status);
        } catch (VersionClient.NotAsked busy) {
            return new Answered.NotAsked();
        } catch (IOException silent) {
            return new Answered.Ill(
                    silent.getCause() instanceof ConnectException
                            ? "refused the connection"
                            : "gave no answer within " + Texts.words(checks.within()));
        }
    }

    /** Where what runs under this key tells its own metrics; empty if nothing runs, as far as this machine knows. */
    public Optional<URI> metricsOf(String key, MetricsAddress metrics) {
        try {
            ProcessRecord record = folder(key).read();
            return record.state() == ProcessRecord.State.RUNNING && alive(record)
                    ? Optional.of(Reached.metrics(record, metrics))
                    : Optional.empty();
        } catch (IOException unread) {
            return Optional.empty(); // it is looked at again
        }
    }

    @Override
    public Trouble trouble(String key, @Nullable String seen) throws InterruptedException {
        KeyFolder folder = folder(key);
        try {
            ProcessRecord record = folder.read();
            return seen == null
                    ? ended("Its process ended by itself", folder, record)
                    : Autopsy.ofRunning(seen, folder, record, masking());
        } catch (IOException unreadable) {
            return Trouble.of(seen == null ? "Its process is gone" : seen);
        }
    }

    private Masking masking() {
        return secrets.masking();
    }

    private boolean healthy(Reached reached, String path, @Nullable String traceparent) throws InterruptedException {
        try {
            return versions.status(reached.health(), reached.speaks(), path, traceparent) == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean alive(ProcessRecord record) {
        return ProcessTable.find(record.pid(), record.startedAt(), record.birth())
                .isPresent();
    }

    /** Ended while another program has one of its ports: not its own fault. */
    private static boolean portWasTaken(ProcessRecord record) {
        return !alive(record) && record.ports().all().stream().anyMatch(PortFinder::taken);
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
                Stop how = folder.stop().orElseGet(() -> new Stop(Stop.Signal.TERM, settings.stopWithin()));
                tell(key, folder, ending.end(process.get(), how).text(how));
                tell(key, folder, limits.release(key));
                folder.note(EffectLine.of(EffectLine.Effect.STOPPED, ended, clock.instant()));
                log.info("Stopped {}: pid {}", key, process.get().pid());
            }
            folder.write(record.seen(fence).stopped(clock.instant()));
            folder.clean();
            return true;
        });
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

    /** Bounds the log of what runs under this key; nothing if it is unknown here. */
    public void boundLog(String key) throws IOException {
        KeyFolder folder = folder(key);
        if (folder.known()) {
            folder.output().bound(settings.logBounds());
        }
    }

    /** Measures what programs use. */
    public ResourceMeter meter() {
        return new ResourceMeter(settings, System::nanoTime);
    }

    /** What programs wrote, for people. */
    public ProgramLogs logs() {
        return new ProgramLogs(settings, this::masking);
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
