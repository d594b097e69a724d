package dev.slipway.cli.machine;

import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.Progress;
import dev.slipway.cli.shell.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings Slipway down: the load and the services, then the applications that deployment-service runs here (after it, or
 * it would start them again), then the platform. Only processes that are on record with their start instant are ended:
 * politely, and after a while without asking.
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
            ProcessTable table = ProcessTable.load(home);
            int ended = stopServices(home, table, progress);
            ended += stop(TargetRecords.alive(home), progress);
            ended += stop(table.alive(Program.PLATFORM.processName()).stream().toList(), progress);
            ProcessTable.empty().save(home);
            return ended;
        }
    }

    static int stopServices(Home home, ProcessTable table, Progress progress) {
        List<ProcessRecord> services = new ArrayList<>(table.processes());
        services.removeIf(process -> process.name().equals(Program.PLATFORM.processName()));
        return stop(services.stream().filter(ProcessRecord::alive).toList(), progress);
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
