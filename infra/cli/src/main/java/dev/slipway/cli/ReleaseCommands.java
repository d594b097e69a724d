package dev.slipway.cli;

import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.release.RetroText;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.WaiverView;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release ...} */
@Command(name = "release", description = "Propose, list, show, watch, approve and steer releases.")
final class ReleaseCommands {
    /** Approvals count for what has passed the first gates. */
    private static final Set<ReleasePhase> EARLY = EnumSet.of(ReleasePhase.PROPOSED, ReleasePhase.VALIDATING);

    private final CommandContext context;

    ReleaseCommands(CommandContext context) {
        this.context = context;
    }

    static CommandLine line(CommandContext context) {
        CommandLine line = new CommandLine(new ReleaseCommands(context));
        line.addSubcommand(new NextVersionCommand(context));
        line.addSubcommand(new NotesCommand(context));
        line.addSubcommand(new ReportCommand(context));
        line.addSubcommand(new PlanCommand(context));
        line.addSubcommand(new RunbookCommand(context));
        line.addSubcommand(new AnnouncementCommand(context));
        line.addSubcommand(new AnnouncementsCommand(context));
        line.addSubcommand(new DutyCommand(context));
        line.addSubcommand(new FileCommand(context));
        line.addSubcommand(new WaitCommand(context));
        line.addSubcommand(new ObjectCommand(context));
        line.addSubcommand(new HandOverCommand(context));
        line.addSubcommand(new ReleaseDayCommand(context));
        SteeringCommands.addTo(line, context);
        return line;
    }

    @Command(
            description = "List releases, newest first.",
            footer = {"", "Example:", "  slipway release list --application hello --state AWAITING_APPROVAL"})
    int list(
            @Option(names = "--application", paramLabel = "APP", description = "Of this application alone.") @Nullable
                    String application,
            @Option(names = "--state", description = "In this state alone, such as AWAITING_APPROVAL.") @Nullable
                    String state,
            @Option(names = "--limit", defaultValue = "20", description = "How many (${DEFAULT-VALUE}).") int limit,
            @Option(names = "--all", description = "All of them.") boolean all) {
        GatewayClient.Filter filter =
                new GatewayClient.Filter(Optional.ofNullable(application), Optional.ofNullable(state));
        if (limit < 1) {
            throw new CommandFailed(ExitCode.USAGE, "--limit is 1 or more, not " + limit);
        }
        GatewayClient.Newest newest = context.gateway()
                .newest(
                        filter,
                        all ? Integer.MAX_VALUE : limit,
                        context.access().token(Role.VIEWER));
        List<String> lines = new ArrayList<>(new ReleaseText(context.zone()).list(newest.releases()));
        if (newest.more()) {
            lines.add("there are more: --limit %d, or --all".formatted(limit * 2L));
        }
        context.answer(newest.releases(), lines);
        return ExitCode.OK.code();
    }

    @Command(
            description = "Show one release: where it is and why, who is waited for, and what to type next.",
            footer = {"", "Example:", "  slipway release show hello@1.0.0"})
    int show(@Parameters(paramLabel = "ID", description = "Such as hello@1.0.0.") String id) {
        ReleaseView release = context.gateway().release(id, context.access().token(Role.VIEWER));
        List<String> lines = new ArrayList<>(new ReleaseText(context.zone()).show(release));
        lines.addAll(RetroText.with(release, LocalDate.now(context.clock().withZone(context.zone()))));
        context.answer(release, lines);
        return ExitCode.OK.code();
    }

    @Command(
            description = "Show what happened to a release: each input, who gave it, and the state after it.",
            footer = {"", "Example:", "  slipway release timeline hello@1.0.0"})
    int timeline(@Parameters(paramLabel = "ID", description = "Such as hello@1.0.0.") String id) {
        var entries =
                new Requests(context.gateway()).timeline(id, context.access().token(Role.VIEWER));
        context.answer(entries, new ReleaseText(context.zone()).timeline(entries));
        return ExitCode.OK.code();
    }

    @Command(
            description = "Follow a release to its end; exits with 0 if it completes.",
            footer = {"", "Example:", "  slipway release watch hello@1.0.0 --within 10m"})
    int watch(
            @Parameters(paramLabel = "ID", description = "Such as hello@1.0.0.") String id,
            @Option(names = "--within", defaultValue = "24h", description = "How long at most (${DEFAULT-VALUE}).")
                    Duration within) {
        context.gateway().release(id, context.access().token(Role.VIEWER)); // an unknown one is refused at once
        return Following.toItsEnd(context, id, within);
    }

    @Command(
            description = "Say yes to exactly what the release is now: its sha, digests and policy.",
            footer = {"", "Example:", "  slipway release approve hello@1.0.0 --as ada@example.test"})
    int approve(
            @Parameters(paramLabel = "ID", description = "Such as hello@1.0.0.") String id,
            @Option(
                            names = "--as",
                            paramLabel = "EMAIL",
                            description = "Who approves; without it SLIPWAY_TOKEN_APPROVER says it.")
                    @Nullable
                    String email,
            @Option(
                            names = "--within",
                            defaultValue = "2m",
                            description =
                                    "How long it is waited for while its first gates are open (${DEFAULT-VALUE}).")
                    Duration within) {
        GatewayClient gateway = context.gateway();
        String token = approver(context, email);
        ReleaseView release = gateway.release(id, token);
        if (EARLY.contains(release.state())) {
            release = Following.until(context, id, now -> !EARLY.contains(now.state()), within);
        }
        gateway.approve(id, approval(release), token);
        ReleaseView after = gateway.release(id, token);
        List<String> lines = new ArrayList<>(ReleaseText.forwardOnly(after));
        if (!after.unmatchedAuthors().isEmpty()) {
            lines.add("revision   by "
                    + (after.authors().isEmpty() ? "nobody who logs in" : String.join(", ", after.authors())));
            lines.addAll(ReleaseText.unmatched(after));
        }
        lines.addAll(new ReleaseText(context.zone()).head(after));
        context.answer(after, lines);
        return ExitCode.OK.code();
    }

    @Command(
            description = "Propose a version of a commit with its artifacts, or a configuration alone, for release.",
            footer = {
                "",
                "Example:",
                "  slipway release create 1.0.0 --artifact app.py",
                "  slipway release create 1.1.0 --artifact target/app.jar --watch",
                "  slipway release create --config-only --watch"
            })
    int create(
            @Parameters(
                            paramLabel = "VERSION",
                            arity = "0..1",
                            description = "SemVer, above all that production had, such as 1.0.0.")
                    @Nullable
                    String version,
            @Mixin ReleaseProposal proposal) {
        return proposal.propose(context, version);
    }

    @Command(
            description =
                    "Let a release go without a gate or a duty, as a known limitation: one person asks, a second one"
                            + " confirms.",
            footer = {
                "",
                "Example:",
                "  slipway release waive hello@1.0.0 unit-tests --as ada@example.test --reason \"flaky, see #12\""
                        + " --until 2d",
                "  slipway release waive hello@1.0.0 unit-tests --as ben@example.test --confirm",
                "  slipway release waive hello@1.0.0 unit-tests --as ben@example.test --withdraw --reason \"it loses"
                        + " orders\""
            })
    int waive(
            @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.0.0.") String id,
            @Parameters(
                            paramLabel = "GATE",
                            description =
                                    "Such as unit-tests; a required check is check-NAME, a duty duty-ID, one of its"
                                            + " cells duty-ID/CELL.")
                    String gate,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it stands in the release.") @Nullable
                    String reason,
            @Option(
                            names = "--until",
                            paramLabel = "TIME",
                            description =
                                    "When it ends: 2026-01-31T12:00:00Z, or how long from now: 48h. The policy says"
                                            + " how long at most.")
                    @Nullable
                    String until,
            @Option(names = "--confirm", description = "Be the second person.") boolean confirm,
            @Option(
                            names = "--withdraw",
                            description = "Take it back: who asked, who confirmed, or who might have asked.")
                    boolean withdraw,
            @Option(
                            names = "--as",
                            paramLabel = "EMAIL",
                            description = "Who waives; without it SLIPWAY_TOKEN_APPROVER says it.")
                    @Nullable
                    String email) {
        boolean whole = withdraw
                ? reason != null && until == null && !confirm
                : confirm ? reason == null && until == null : reason != null && until != null;
        if (!whole) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "say --reason TEXT and --until TIME to ask for it, --confirm alone, or --withdraw and --reason"
                            + " TEXT");
        }
        GatewayClient gateway = context.gateway();
        String token = approver(context, email);
        ReleaseView.ApprovalRequest what = approval(gateway.release(id, token));
        ReleaseView after = gateway.waive(
                id,
                new WaiverView.WaiverRequest(
                        gate,
                        reason,
                        until == null ? null : moment(until),
                        confirm,
                        what.sha(),
                        what.digests(),
                        what.policyHash(),
                        withdraw ? true : null),
                token);
        List<String> lines = new ArrayList<>(ReleaseText.limitations(after));
        lines.addAll(new ReleaseText(context.zone()).head(after));
        context.answer(after, lines);
        return ExitCode.OK.code();
    }

    private static Instant moment(String until) {
        try {
            return Character.isDigit(until.charAt(0)) && until.contains("T")
                    ? Instant.parse(until)
                    : Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Durations.parse(until));
        } catch (RuntimeException unreadable) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "--until %s is neither a time such as 2026-01-31T12:00:00Z nor a length such as 48h"
                            .formatted(until));
        }
    }

    /** Token of whoever steers: of the person that is named, else this machine's. */
    static String operator(CommandContext context, @Nullable String email) {
        return email == null
                ? context.access().token(Role.OPERATOR)
                : context.access().tokenOf(email, Role.OPERATOR);
    }

    /** Token of whoever speaks for a release. */
    static String approver(CommandContext context, @Nullable String email) {
        if (email != null) {
            return context.access().tokenOf(email, Role.APPROVER);
        }
        return context.answers()
                .variable("SLIPWAY_TOKEN_APPROVER")
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE, "who approves? Say --as EMAIL, or set SLIPWAY_TOKEN_APPROVER"));
    }

    /** Exactly what the release is now, by the guide that it goes by. */
    static ReleaseView.ApprovalRequest approval(ReleaseView release) {
        List<String> digests = release.artifacts().stream()
                .map(Artifact::digest)
                .map(Object::toString)
                .toList();
        return new ReleaseView.ApprovalRequest(release.sha(), digests, release.policyHash(), release.guideHash());
    }
}
