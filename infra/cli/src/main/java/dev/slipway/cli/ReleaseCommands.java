package dev.slipway.cli;

import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.release.Watch;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Progress;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release ...} */
@Command(name = "release", description = "List, show, watch, approve and abort releases.")
final class ReleaseCommands {
    private final CommandContext context;

    ReleaseCommands(CommandContext context) {
        this.context = context;
    }

    @Command(description = "List releases, newest first.")
    int list(
            @Option(names = "--application", description = "Of this application alone.") @Nullable String application,
            @Option(names = "--state", description = "In this state alone, such as AWAITING_APPROVAL.") @Nullable
                    String state,
            @Option(names = "--limit", defaultValue = "20", description = "How many, 1 to 200 (${DEFAULT-VALUE}).")
                    int limit) {
        GatewayClient.Filter filter =
                new GatewayClient.Filter(Optional.ofNullable(application), Optional.ofNullable(state));
        ReleaseView.Page page = context.gateway()
                .releases(
                        filter,
                        null,
                        Math.clamp(limit, 1, 200),
                        context.access().token(Role.VIEWER));
        context.answer(page.releases(), new ReleaseText(context.zone()).list(page.releases()));
        return ExitCode.OK.code();
    }

    @Command(description = "Show one release: where it is and why, who is waited for, and what to type next.")
    int show(@Parameters(paramLabel = "ID", description = "Such as hello@1.0.0.") String id) {
        ReleaseView release = context.gateway().release(id, context.access().token(Role.VIEWER));
        context.answer(release, new ReleaseText(context.zone()).show(release));
        return ExitCode.OK.code();
    }

    @Command(description = "Follow a release to its end; exits with 0 if it completes.")
    int watch(
            @Parameters(paramLabel = "ID", description = "Such as hello@1.0.0.") String id,
            @Option(names = "--within", defaultValue = "24h", description = "How long at most (${DEFAULT-VALUE}).")
                    Duration within) {
        GatewayClient gateway = context.gateway();
        gateway.release(id, context.access().token(Role.VIEWER)); // an unknown one is refused at once
        ReleaseView release = followed(gateway, id, within);
        context.answer(release, new ReleaseText(context.zone()).head(release));
        return release.state() == ReleasePhase.COMPLETED ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    private ReleaseView followed(GatewayClient gateway, String id, Duration within) {
        try (Progress progress = new Progress(context.shell())) {
            return new Watch(gateway, () -> context.access().token(Role.VIEWER), progress)
                    .until(id, Watch::atRest, within);
        }
    }

    @Command(description = "Say yes to exactly what the release is now: its sha, digests and policy.")
    int approve(
            @Parameters(paramLabel = "ID", description = "Such as hello@1.0.0.") String id,
            @Option(
                            names = "--as",
                            paramLabel = "EMAIL",
                            description = "Who approves; without it SLIPWAY_TOKEN_APPROVER says it.")
                    @Nullable
                    String email) {
        GatewayClient gateway = context.gateway();
        String token = approver(email);
        ReleaseView release = gateway.release(id, token);
        gateway.approve(id, approval(release), token);
        ReleaseView after = gateway.release(id, token);
        context.answer(after, new ReleaseText(context.zone()).head(after));
        return ExitCode.OK.code();
    }

    @Command(description = "Stop a release; it always wins.")
    int abort(
            @Parameters(paramLabel = "ID", description = "Such as hello@1.0.0.") String id,
            @Option(names = "--reason", required = true, description = "Why, for the record.") String reason) {
        GatewayClient gateway = context.gateway();
        gateway.steer(id, "abort", reason, context.access().token(Role.OPERATOR));
        ReleaseView after = gateway.release(id, context.access().token(Role.VIEWER));
        context.answer(after, new ReleaseText(context.zone()).head(after));
        return ExitCode.OK.code();
    }

    private String approver(@Nullable String email) {
        if (email != null) {
            return context.access().tokenOf(email, Role.APPROVER);
        }
        return context.answers()
                .variable("SLIPWAY_TOKEN_APPROVER")
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE, "who approves? Say --as EMAIL, or set SLIPWAY_TOKEN_APPROVER"));
    }

    private static ReleaseView.ApprovalRequest approval(ReleaseView release) {
        List<String> digests = release.artifacts().stream()
                .map(Artifact::digest)
                .map(Object::toString)
                .toList();
        return new ReleaseView.ApprovalRequest(release.sha(), digests, release.policyHash());
    }
}
