package dev.slipway.cli.machine;

import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.Progress;
import dev.slipway.cli.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Brings Slipway down: the supervisor first, or it would start the rest again, with the load; the services; then the
 * applications that deployment-service runs here (after it, for the same reason); then the platform. Only processes that
 * are on record with their start instant, or bear this home's mark, are ended: politely, and after a while without asking.
 * The end of an application is noted beside its record first, so that nobody takes it for the application's fault.
 */
public final class Shutdown {
    private static final Duration POLITE_MAX = Duration.ofSeconds(20);
    private static final Duration FORCED_MAX = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Home home;
    private final Shell shell;

    public Shutdown(Home home, Shell shell) {
        this.home = home;
        this.shell = shell;
    }

    /** How many processes were ended. */
    public int run() {
        if (!home.exists()) {
            return 0;
        }
        try (HomeInUse _ = HomeInUse.take(home);
                Progress progress = new Progress(shell)) {
            int ended = stop(alive(ProcessTable.load(home.started())), progress);
            ProcessTable table = ProcessTable.load(home.processes());
            String platform = Program.PLATFORM.processName();
            ended += stop(alive(table.without(platform)), progress);
            ended += new ApplicationsEnd(TargetRecords.noteOurEnds(home)).run(progress);
            ended += stop(table.alive(platform).stream().toList(), progress);
            ended += stop(Launcher.marked(home), progress);
            forget();
            return ended;
        }
    }

    /** Supervisor, services and platform. */
    static void stopSupervised(Home home, Progress progress) {
        stopSupervisor(home, progress);
        stop(alive(ProcessTable.load(home.processes())), progress);
        ProcessTable.empty().save(home, home.processes());
    }

    /**
     * Ends the supervisor, and of what it watches what is to be ended, so that it is started anew by the next start; the
     * applications run on.
     */
    static void stopSupervised(Home home, Predicate<ProcessRecord> which, Progress progress) {
        stopSupervisor(home, progress);
        ProcessTable table = ProcessTable.load(home.processes());
        List<ProcessRecord> all = alive(table).stream().filter(which).toList();
        String platform = Program.PLATFORM.processName();
        stop(all.stream().filter(process -> !process.name().equals(platform)).toList(), progress);
        stop(all.stream().filter(process -> process.name().equals(platform)).toList(), progress);
        for (ProcessRecord process : all) {
            table = table.without(process.name());
        }
        table.save(home, home.processes());
    }

    private static void stopSupervisor(Home home, Progress progress) {
        ProcessTable started = ProcessTable.load(home.started());
        String supervisor = Program.SUPERVISOR.processName();
        stop(started.alive(supervisor).stream().toList(), progress);
        started.without(supervisor).save(home, home.started());
    }

    private void forget() {
        try {
            for (Path file : List.of(home.processes(), home.started(), home.plan(), home.standing())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException undeletable) {
            throw home.unwritable(undeletable);
        }
    }

    private static List<ProcessRecord> alive(ProcessTable table) {
        return table.processes().stream().filter(ProcessRecord::alive).toList();
    }

    static int stop(List<ProcessRecord> processes, Progress progress) {
        processes.forEach(process -> process.handle().ifPresent(ProcessHandle::destroy));
        await(processes, POLITE_MAX, progress);
        for (ProcessRecord process : processes) {
            if (process.alive()) {
                progress.say(
                        "%s (pid %d) does not end by itself and is killed".formatted(process.name(), process.pid()));
                process.handle().ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        await(processes, FORCED_MAX, progress);
        processes.forEach(process -> progress.say(process.name() + " ended"));
        return processes.size();
    }

    /** The same without a word. */
    static void stopQuietly(List<ProcessRecord> processes) {
        processes.forEach(process -> process.handle().ifPresent(ProcessHandle::destroy));
        Deadline deadline = Deadline.in(POLITE_MAX);
        while (!deadline.passed() && processes.stream().anyMatch(ProcessRecord::alive)) {
            Deadline.pause(LOOK_EVERY);
        }
        processes.forEach(process -> process.handle().ifPresent(ProcessHandle::destroyForcibly));
    }

    private static void await(List<ProcessRecord> processes, Duration limit, Progress progress) {
        Deadline deadline = Deadline.in(limit);
        while (!deadline.passed()) {
            List<String> alive = processes.stream()
                    .filter(ProcessRecord::alive)
                    .map(ProcessRecord::name)
                    .toList();
            if (alive.isEmpty()) {
                return;
            }
            progress.at(
                    processes.size() == 1
                            ? "ending " + processes.getFirst().name()
                            : "ending " + processes.size() + " processes",
                    "%d left, %s".formatted(alive.size(), Progress.seconds(deadline.waited())),
                    1 - (double) alive.size() / processes.size());
            Deadline.pause(LOOK_EVERY);
        }
    }
}
