package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Progress;
import dev.slipway.cli.shell.Shell;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Waits until the supervisor has made a plan come true, tells of it, and gives up with a reason where it cannot. */
final class UpWait {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration USUALLY = Duration.ofSeconds(15);
    private static final int LOG_LINES_SHOWN = 15;
    /** The first end may be an accident; the supervisor has tried again by then. */
    private static final int ENDS_MAX = 2;

    private final Home home;
    private final Plan plan;
    private final Deadline deadline;
    private final Instant since;
    private final Wiring wiring;

    UpWait(Home home, Shell shell, Plan plan, Deadline deadline, Instant since) {
        this.home = home;
        this.plan = plan;
        this.deadline = deadline;
        this.since = since;
        this.wiring = new Wiring(home, plan, shell.environment());
    }

    void untilReady(Progress progress) {
        Set<String> ready = new LinkedHashSet<>();
        int all = plan.processes().size();
        while (true) {
            ProcessTable table = ProcessTable.load(home);
            for (Plan.Planned process : plan.processes()) {
                if (!ready.contains(process.name()) && isReady(process, table)) {
                    ready.add(process.name());
                    progress.say(told(process));
                }
                requireNoLoop(process.name());
            }
            List<String> surplus = surplus(table);
            if (ready.size() == all && surplus.isEmpty()) {
                return;
            }
            require(table, ready);
            progress.at(
                    ready.isEmpty() ? "platform starts" : ready.size() < all ? "services start" : "surplus ends",
                    "%d of %d ready, %s".formatted(ready.size(), all, Progress.seconds(deadline.waited())),
                    Math.max((double) ready.size() / all, deadline.shareOf(USUALLY)));
            Deadline.pause(LOOK_EVERY);
        }
    }

    private boolean isReady(Plan.Planned process, ProcessTable table) {
        Optional<ProcessRecord> alive = table.alive(process.name());
        if (alive.isEmpty()
                || !wiring.fingerprint(process.instance()).equals(alive.get().wiring())) {
            return false;
        }
        return process.instance().program() == Program.PLATFORM
                ? Readiness.ofPlatform(home, alive.get(), plan.platform())
                : Readiness.ofService(process.port());
    }

    private String told(Plan.Planned process) {
        String after = Progress.seconds(deadline.waited());
        String ready = process.instance().program() == Program.PLATFORM
                ? "platform: broker, store and inbox are ready"
                : "%s: ready on port %d".formatted(process.name(), process.port());
        String applications = process.front() == null ? "" : ", applications on port %d".formatted(process.front());
        return "%s%s (%s)".formatted(ready, applications, after);
    }

    private List<String> surplus(ProcessTable table) {
        return table.processes().stream()
                .filter(process -> Instance.named(process.name())
                        .filter(instance -> Program.supervised().contains(instance.program()))
                        .isPresent())
                .filter(process -> plan.port(process.name()).isEmpty() && process.alive())
                .map(ProcessRecord::name)
                .toList();
    }

    private void requireNoLoop(String name) {
        Supervisor.Standings.of(home, name)
                .filter(standing -> standing.endsInRow() >= ENDS_MAX)
                .filter(standing ->
                        standing.lastExitAt() != null && standing.lastExitAt().isAfter(since))
                .ifPresent(standing -> {
                    throw new CommandFailed(
                            ExitCode.FAILED,
                            "%s ended while it started, %d times (%s); its last lines:%n%s%nSee ./slipway logs %s; the supervisor goes on trying until ./slipway down"
                                    .formatted(name, standing.endsInRow(), standing.lastExit(), tail(name), name));
                });
    }

    private void require(ProcessTable table, Set<String> ready) {
        if (deadline.passed()) {
            List<String> missing = plan.processes().stream()
                    .map(Plan.Planned::name)
                    .filter(name -> !ready.contains(name))
                    .toList();
            String first = missing.isEmpty() ? Program.SUPERVISOR.processName() : missing.getFirst();
            throw new CommandFailed(
                    ExitCode.UNREACHABLE,
                    "%s not ready after %s; last lines of %s:%n%s%nTry ./slipway up again, with --within for more time"
                            .formatted(
                                    String.join(", ", missing),
                                    Progress.seconds(deadline.waited()),
                                    first,
                                    tail(first)));
        }
        if (table.alive(Program.SUPERVISOR.processName()).isEmpty()) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "the supervisor ended; its last lines:%n%s%nTry ./slipway up again"
                            .formatted(tail(Program.SUPERVISOR.processName())));
        }
    }

    private String tail(String name) {
        Instance instance =
                Instance.named(name).orElseThrow(() -> new IllegalStateException("no program is called " + name));
        return String.join("\n", new Logs(home).last(instance, LOG_LINES_SHOWN));
    }
}
