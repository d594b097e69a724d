package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Progress;
import dev.slipway.cli.shell.Shell;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Starts Slipway's own processes anew, as after an upgrade, and leaves the applications running: they are adopted. The
 * gateways come last and one after the other, when all that stands behind them is ready again, so that users are served on
 * meanwhile; beside a single one another serves on its port for as long as it starts.
 */
public final class Restart {
    private final Home home;
    private final Shell shell;
    private final Duration limit;

    /** @param limit for each of its starts */
    public Restart(Home home, Shell shell, Duration limit) {
        this.home = home;
        this.shell = shell;
        this.limit = limit;
    }

    /** The first gateway's address, as before. */
    public URI run() {
        List<String> gateways = ProcessTable.load(home).alive(Program.GATEWAY).stream()
                .map(ProcessRecord::name)
                .toList();
        if (Plan.load(home).isEmpty()) {
            throw new CommandFailed(
                    ExitCode.UNREACHABLE,
                    "Slipway does not run from %s: start it with ./slipway up".formatted(home.root()));
        }
        List<ProcessRecord> applications = TargetRecords.alive(home);
        end(process -> !gateways.contains(process.name()));
        URI url = new Startup(home, shell, limit).runAgain();
        if (gateways.size() == 1 && !new Startup(home, shell, limit).standIn()) {
            shell.say("there is no gateway beside the only one: users wait at its port while it starts");
        }
        for (String gateway : gateways) {
            end(process -> process.name().equals(gateway));
            url = new Startup(home, shell, limit).runAgain();
        }
        long still = applications.stream().filter(ProcessRecord::alive).count();
        shell.say("applications: %d of %d processes ran on".formatted(still, applications.size()));
        return url;
    }

    private void end(java.util.function.Predicate<ProcessRecord> which) {
        try (HomeInUse _ = HomeInUse.take(home);
                Progress progress = new Progress(shell)) {
            Shutdown.stopSupervised(home, which, progress);
        }
    }
}
