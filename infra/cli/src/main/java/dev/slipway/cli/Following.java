package dev.slipway.cli;

import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.release.Watch;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Progress;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import java.time.Duration;
import java.util.function.Predicate;

/** A release that is followed to where nothing happens any more without a person. */
final class Following {
    private Following() {}

    /** Shows it live, then what became of it; 0 if it has completed. */
    static int toItsEnd(CommandContext context, String id, Duration within) {
        ReleaseView release = until(context, id, Watch::atRest, within);
        context.answer(release, new ReleaseText(context.zone()).head(release));
        return release.state() == ReleasePhase.COMPLETED ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    /** Shows it live until it is where it should be, or at rest. */
    static ReleaseView until(CommandContext context, String id, Predicate<ReleaseView> there, Duration within) {
        GatewayClient gateway = context.gateway();
        try (Progress progress = new Progress(context.shell())) {
            return new Watch(gateway, () -> context.access().token(Role.VIEWER), progress)
                    .until(id, there, Deadline.exactlyIn(within));
        }
    }
}
