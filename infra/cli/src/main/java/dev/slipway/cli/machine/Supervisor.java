package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.platform.Pace;
import dev.slipway.platform.Ports;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A small process that keeps running what {@code plan.json} names, and starts again what dies. It alone writes
 * {@code processes.json}. Its own end changes nothing for the others: they are no children that die with it, and its
 * successor finds them on record, or by their mark where it died before it wrote the record.
 */
public final class Supervisor {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration POLITE_MAX = Duration.ofSeconds(20);
    private static final Duration CONNECT_MAX = Duration.ofMillis(500);
    private static final Duration CACHE_BLAMED_WITHIN = Duration.ofSeconds(60);

    private static final Duration EXIT_KNOWN_WITHIN = Duration.ofSeconds(1);
    private static final String UNKNOWN = "exit code unknown";
    /** By someone, or for want of memory: no cache does that. */
    private static final String KILLED = Standing.exit(128 + 9);

    private final Home home;
    private final Map<String, String> callers;
    private final SupervisorLog log;
    private final Map<String, Process> children = new HashMap<>();
    private final Map<String, Instant> ending = new HashMap<>();
    private final Map<String, Standing> standings = new LinkedHashMap<>();
    private final FrontDoors doors;
    private volatile boolean stopping;
    private ProcessTable table;
    private Optional<Plan> plan = Optional.empty();
    private @Nullable FileTime planWritten;

    Supervisor(Home home, Map<String, String> callers, SupervisorLog log) {
        this.home = home;
        this.callers = callers;
        this.log = log;
        this.doors = new FrontDoors(log);
        this.table = ProcessTable.load(home.processes());
        JsonFile.read(home.standing(), Standings.class)
                .ifPresent(known -> known.all().forEach(standing -> standings.put(standing.name(), standing)));
        adoptUnrecorded();
        forgetEnded();
    }

    /** What ended before this supervisor began went with the one before, or with the machine: it does not end as it starts. */
    private void forgetEnded() {
        for (ProcessRecord process : table.processes()) {
            if (!process.alive()) {
                log.say("%s (pid %d) ended while nobody supervised it".formatted(process.name(), process.pid()));
                save(table.without(process.name()));
            }
        }
    }

    /** As {@code supervision.json} holds them. */
    record Standings(List<Standing> all) {
        Standings {
            all = List.copyOf(all);
        }

        static Optional<Standing> of(Home home, String name) {
            return JsonFile.read(home.standing(), Standings.class).stream()
                    .flatMap(known -> known.all().stream())
                    .filter(standing -> standing.name().equals(name))
                    .findFirst();
        }
    }

    public static void main(String[] arguments) throws IOException {
        Home home = new Home(Path.of(arguments[0]));
        SupervisorLog log = new SupervisorLog(home.logs().resolve("supervisor.log"));
        try (FileChannel channel = FileChannel.open(
                home.root().resolve("supervisor.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                log.say("another supervisor is at work here; this one ends");
                return;
            }
            Supervisor supervisor = new Supervisor(home, System.getenv(), log);
            log.say("supervises " + home.root());
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(supervisor::stop));
            while (!supervisor.stopping) {
                supervisor.lookSafely();
                Deadline.pause(LOOK_EVERY);
            }
        }
    }

    /** Those whose connections go through here and who wait for an answer get it first. */
    private void stop() {
        stopping = true;
        doors.close();
    }

    /** A full disk or an unreadable plan must not end the one process that could go on when it is mended. */
    private void lookSafely() {
        try {
            look(Instant.now());
        } catch (CommandFailed trouble) {
            log.say(trouble.getMessage() == null ? trouble.toString() : trouble.getMessage());
            Deadline.pause(Standing.PAUSE_FIRST.multipliedBy(4));
        }
    }

    /** One round: what ended is noted, then the next steps to the plan are taken. */
    void look(Instant now) {
        Optional<Plan> plan = plan();
        if (plan.isEmpty()) {
            return;
        }
        Wiring wiring = new Wiring(home, plan.get(), callers);
        List<Step.Wanted> wanted = plan.get().processes().stream()
                .map(process -> new Step.Wanted(process.name(), wiring.fingerprint(process.instance())))
                .toList();
        noteEnds(wanted, now);
        Step.Sight sight = new Step.Sight(
                table.processes(),
                List.copyOf(ending.keySet()),
                standings,
                () -> platformAnswers(plan.get().platform()),
                process -> ready(process, plan.get()),
                now);
        for (Step step : Step.next(wanted, sight)) {
            switch (step) {
                case Step.Start start -> start(start.name(), plan.get(), wiring);
                case Step.Replace replace ->
                    end(replace.name(), "starts anew with other surroundings", plan.get(), now);
                case Step.End end -> end(end.name(), "is wanted no more", plan.get(), now);
            }
        }
        insist(now);
        tellDoors(plan.get());
    }

    private void tellDoors(Plan plan) {
        if (!stopping) {
            doors.know(plan, table, ending.keySet(), children);
        }
    }

    /** Read again only when it was written: this happens several times a second. */
    private Optional<Plan> plan() {
        try {
            FileTime written = Files.getLastModifiedTime(home.plan());
            if (!written.equals(planWritten)) {
                plan = Plan.load(home);
                planWritten = written;
            }
            return plan;
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private void noteEnds(List<Step.Wanted> wanted, Instant now) {
        for (ProcessRecord process : table.processes()) {
            if (process.alive()) {
                continue;
            }
            String name = process.name();
            @Nullable Process child = children.remove(name);
            boolean asked = ending.remove(name) != null;
            if (!asked && wanted.stream().anyMatch(w -> w.name().equals(name))) {
                String exit = child == null || child.pid() != process.pid() ? UNKNOWN : exitOf(child);
                Duration lived = Duration.between(process.startedAt(), now);
                Standing standing =
                        standings.getOrDefault(name, Standing.of(name)).ended(exit, now, lived);
                standings.put(name, standing);
                saveStandings();
                log.say("%s (pid %d) ended after %d s: %s; starts again in %.1f s"
                        .formatted(
                                name,
                                process.pid(),
                                lived.toSeconds(),
                                exit,
                                Standing.pauseAfter(standing.endsInRow()).toMillis() / 1000.0));
                if (!exit.equals(KILLED)) {
                    distrustCache(process, lived);
                }
            }
            save(table.without(name));
        }
    }

    /** The system shows the end a moment before it tells how it was. */
    private static String exitOf(Process child) {
        try {
            return child.waitFor(Pace.patience(EXIT_KNOWN_WITHIN).toMillis(), TimeUnit.MILLISECONDS)
                    ? Standing.exit(child.exitValue())
                    : UNKNOWN;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }

    /** A process that dies young may have read a bad cache; one look without it costs a few seconds. */
    private void distrustCache(ProcessRecord process, Duration lived) {
        if (lived.compareTo(Pace.patience(CACHE_BLAMED_WITHIN)) < 0) {
            Instance.named(process.name()).map(Instance::program).ifPresent(program -> {
                Path cache = new RunFolder(home.runs().resolve(process.run()), process.run()).cache(program);
                if (cache.toFile().exists()
                        && standingOf(process.name()).endsInRow() >= 2
                        && cache.toFile().delete()) {
                    log.say("%s starts without its cache from now on".formatted(process.name()));
                }
            });
        }
    }

    private Standing standingOf(String name) {
        return standings.getOrDefault(name, Standing.of(name));
    }

    private void start(String name, Plan plan, Wiring wiring) {
        Instance instance =
                Instance.named(name).orElseThrow(() -> new IllegalStateException("no program is called " + name));
        boolean platform = instance.program() == Program.PLATFORM;
        Launcher launcher = new Launcher(home, new RunFolder(home.runs().resolve(plan.run()), plan.run()), callers);
        Launcher.Started started = launcher.start(new Launcher.Order(
                instance,
                plan.port(name).orElse(0),
                platform ? Map.of("MALLOC_ARENA_MAX", "2") : wiring.environment(instance),
                platform ? Wiring.platformArguments(home, plan.platform()) : List.of(),
                wiring.fingerprint(instance)));
        save(table.with(started.record()));
        children.put(name, started.process());
        if (instance.program() == Program.GATEWAY) {
            var _ = started.process().onExit().thenRun(doors::look);
        }
        @Nullable Standing before = standings.get(name);
        if (before != null && before.lastExitAt() != null && before.endsInRow() > 0) {
            standings.put(name, before.startedAgain());
            saveStandings();
        }
        log.say("%s started as pid %d".formatted(name, started.record().pid()));
    }

    private void end(String name, String why, Plan plan, Instant now) {
        table.alive(name).flatMap(ProcessRecord::handle).ifPresent(process -> {
            log.say("%s (pid %d) %s".formatted(name, process.pid(), why));
            ending.put(name, now);
            tellDoors(plan);
            process.destroy();
        });
    }

    /** Kills what was asked to end and does not. */
    private void insist(Instant now) {
        ending.forEach((name, since) -> {
            if (Duration.between(since, now).compareTo(Pace.patience(POLITE_MAX)) > 0) {
                table.alive(name).flatMap(ProcessRecord::handle).ifPresent(ProcessHandle::destroyForcibly);
            }
        });
    }

    private static boolean platformAnswers(PlatformPorts ports) {
        return Ports.answers(ports.kafka(), CONNECT_MAX) && Ports.answers(ports.mongodb(), CONNECT_MAX);
    }

    private boolean ready(ProcessRecord process, Plan plan) {
        return process.name().equals(Program.PLATFORM.processName())
                ? Readiness.ofPlatform(home, process, plan.platform())
                : Readiness.ofService(process.port());
    }

    private void adoptUnrecorded() {
        List<ProcessRecord> recorded = new ArrayList<>(table.processes());
        for (ProcessRecord found : Launcher.marked(home)) {
            boolean ours = Instance.named(found.name())
                    .filter(instance -> Program.supervised().contains(instance.program()))
                    .isPresent();
            if (ours && table.alive(found.name()).isEmpty()) {
                recorded.removeIf(process -> process.name().equals(found.name()));
                recorded.add(found.at(
                        plan().flatMap(known -> known.port(found.name())).orElse(0)));
                log.say("%s (pid %d) was started here and is on record again".formatted(found.name(), found.pid()));
            }
        }
        save(new ProcessTable(recorded));
    }

    private void save(ProcessTable changed) {
        table = changed;
        table.save(home, home.processes());
    }

    private void saveStandings() {
        JsonFile.write(home, home.standing(), new Standings(List.copyOf(standings.values())));
    }
}
