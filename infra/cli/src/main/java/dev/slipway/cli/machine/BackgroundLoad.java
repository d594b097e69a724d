package dev.slipway.cli.machine;

import dev.slipway.cli.shell.Progress;
import dev.slipway.cli.shell.Shell;
import java.net.URI;
import java.util.List;
import java.util.Map;

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
            ProcessTable table = ProcessTable.load(home);
            Shutdown.stop(table.alive(Program.LOAD.processName()).stream().toList(), progress);
            table.without(Program.LOAD.processName()).save(home);
        }
    }

    /** @param gateway where they send their requests */
    public void start(URI gateway) {
        stop();
        try (HomeInUse _ = HomeInUse.take(home)) {
            Launcher launcher = new Launcher(home, RunFolder.current(home), shell.environment());
            ProcessRecord load = launcher.start(
                    Program.LOAD, 0, Map.of(), List.of("--url", gateway.toString(), "--rate", RATE_PER_SECOND));
            ProcessTable.load(home).with(load).save(home);
        }
    }
}
