package dev.slipway.cli.machine;

import dev.slipway.cli.shell.Progress;
import dev.slipway.cli.shell.Shell;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The few users who go on after a demo, as a process of its own; there is one at most. */
public final class BackgroundLoad {
    private static final String RATE_PER_SECOND = "2";

    private final Home home;
    private final Shell shell;

    public BackgroundLoad(Home home, Shell shell) {
        this.home = home;
        this.shell = shell;
    }

    public void stop() {
        try (HomeInUse _ = HomeInUse.take(home);
                Progress progress = new Progress(shell)) {
            ProcessTable table = ProcessTable.load(home.started());
            Shutdown.stop(table.alive(Program.LOAD.processName()).stream().toList(), progress);
            table.without(Program.LOAD.processName()).save(home, home.started());
        }
    }

    /** @param fronts where they send their requests, to the first of them that takes them */
    public void start(List<URI> fronts) {
        stop();
        try (HomeInUse _ = HomeInUse.take(home)) {
            Launcher launcher = new Launcher(home, RunFolder.current(home), shell.environment());
            String urls = fronts.stream().map(URI::toString).collect(Collectors.joining(","));
            ProcessRecord load = launcher.start(Launcher.Order.of(
                            Program.LOAD, Map.of(), List.of("--url", urls, "--rate", RATE_PER_SECOND)))
                    .record();
            ProcessTable.load(home.started()).with(load).save(home, home.started());
        }
    }
}
