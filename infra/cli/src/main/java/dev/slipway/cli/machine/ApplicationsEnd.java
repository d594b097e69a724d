package dev.slipway.cli.machine;

import dev.slipway.cli.machine.TargetRecords.Application;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.Progress;
import dev.slipway.contracts.policy.Stop;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Ends applications as their policies say: with their signal and within their grace, all at once. What outlives its grace is
 * killed, and so is what an application started and left behind.
 */
final class ApplicationsEnd {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration FORCED_MAX = Duration.ofSeconds(5);
    private static final Duration SIGNAL_MAX = Duration.ofSeconds(2);

    private final List<Application> applications;

    ApplicationsEnd(List<Application> applications) {
        this.applications = List.copyOf(applications);
    }

    /** How many were ended. */
    int run(Progress progress) {
        Map<Application, List<ProcessHandle>> started = new HashMap<>();
        Map<Application, Deadline> left = new LinkedHashMap<>();
        for (Application application : applications) {
            application.process().handle().ifPresent(process -> {
                started.put(application, process.descendants().toList());
                signal(process, application.how().signal());
                left.put(application, Deadline.in(application.how().grace()));
            });
        }
        await(left, progress);
        started.values().forEach(all -> all.forEach(ProcessHandle::destroyForcibly));
        return applications.size();
    }

    private void await(Map<Application, Deadline> left, Progress progress) {
        Map<Application, Deadline> forced = new HashMap<>();
        Deadline began = Deadline.in(FORCED_MAX);
        while (!left.isEmpty()) {
            left.entrySet().removeIf(each -> {
                ProcessRecord process = each.getKey().process();
                if (!process.alive()) {
                    progress.say(process.name() + " ended");
                    return true;
                }
                if (!each.getValue().passed()) {
                    return false;
                }
                Deadline last = forced.computeIfAbsent(each.getKey(), _ -> {
                    progress.say("%s (pid %d) does not end by itself and is killed"
                            .formatted(process.name(), process.pid()));
                    process.handle().ifPresent(ProcessHandle::destroyForcibly);
                    return Deadline.in(FORCED_MAX);
                });
                return last.passed();
            });
            if (!left.isEmpty()) {
                progress.at(
                        "ending %d applications".formatted(applications.size()),
                        "%d left, %s".formatted(left.size(), Progress.seconds(began.waited())),
                        1 - (double) left.size() / applications.size());
                Deadline.pause(LOOK_EVERY);
            }
        }
    }

    private static void signal(ProcessHandle process, Stop.Signal signal) {
        if (signal == Stop.Signal.TERM || !sent(process, signal)) {
            process.destroy();
        }
    }

    /** Java sends no signal but TERM and KILL. */
    private static boolean sent(ProcessHandle process, Stop.Signal signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-s", signal.name(), Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return kill.waitFor(Pace.patience(SIGNAL_MAX).toMillis(), TimeUnit.MILLISECONDS) && kill.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
