package dev.slipway.cli;

import dev.slipway.cli.gateway.Access;
import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.machine.ProgramsWait;
import dev.slipway.cli.shell.Progress;
import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.deployment.EnvironmentView;
import java.time.Duration;
import java.util.List;

/** What this machine's own Slipway runs, wherever the caller's environment leads. */
final class Programs {
    static final String WITHIN = "90s";
    static final String DESCRIPTION =
            "How long verified applications may take to answer again on a quiet machine (${DEFAULT-VALUE}).";

    private final Access access;
    private final Shell shell;

    private Programs(Access access, Shell shell) {
        this.access = access;
        this.shell = shell;
    }

    static Programs of(CommandContext context) {
        Shell here = context.shell().withoutVariablesOf("SLIPWAY_");
        return new Programs(new Access(context.home(), here, context.clock()), context.shell());
    }

    List<EnvironmentView> environments() {
        return new GatewayClient(access.urls()).environments(access.token(Role.VIEWER));
    }

    void untilAllAnswer(Duration limit) {
        try (Progress progress = new Progress(shell)) {
            new ProgramsWait(this::environments, limit).untilAllAnswer(progress);
        }
    }
}
