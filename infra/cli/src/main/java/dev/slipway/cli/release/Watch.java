package dev.slipway.cli.release;

import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Progress;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Follows a release, live. That Slipway is away for a while does not end it: a restart is no news about the release. */
public final class Watch {
    private static final Duration LOOK_EVERY = Duration.ofMillis(400);
    private static final Duration AWAY_MAX = Duration.ofSeconds(90);

    private final GatewayClient gateway;
    private final Supplier<String> token;
    private final Progress progress;

    /** @param token of a viewer, asked for each time, because a watch may outlive one */
    public Watch(GatewayClient gateway, Supplier<String> token, Progress progress) {
        this.gateway = gateway;
        this.token = token;
        this.progress = progress;
    }

    /** Whether nothing happens any more without a person. */
    public static boolean atRest(ReleaseView release) {
        return release.state().terminal() || release.state() == ReleasePhase.NEEDS_OPERATOR;
    }

    /**
     * Follows it until it is where it should be, or at rest.
     *
     * @throws CommandFailed if that takes longer than the limit, or Slipway stays away
     */
    public ReleaseView until(String id, Predicate<ReleaseView> there, Deadline deadline) {
        Deadline away = Deadline.in(AWAY_MAX);
        String last = "Slipway does not know it yet";
        while (!deadline.passed()) {
            try {
                Optional<ReleaseView> found = gateway.findRelease(id, token.get());
                away = Deadline.in(AWAY_MAX);
                if (found.isPresent()) {
                    ReleaseView release = found.get();
                    last = WatchText.fact(release);
                    progress.at(last, WatchText.detail(release), WatchText.done(release));
                    if (there.test(release) || atRest(release)) {
                        return release;
                    }
                }
            } catch (CommandFailed unreachable) {
                if (unreachable.exitCode() != ExitCode.UNREACHABLE || away.passed()) {
                    throw unreachable;
                }
            }
            Deadline.pause(LOOK_EVERY);
        }
        throw new CommandFailed(
                ExitCode.FAILED,
                "%s is not at its end after %s (%s): see ./slipway release show %s"
                        .formatted(id, Progress.seconds(deadline.waited()), last, id));
    }
}
