package dev.slipway.cli;

import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.AnnouncementState;
import dev.slipway.contracts.release.AwaitedReview;
import dev.slipway.contracts.release.ReleaseView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release announcements} */
@Command(
        name = "announcements",
        description = {
            "Show what the policy has announced of a release: each text, whom it goes to, who has to review it, and"
                    + " what",
            "proves that it arrived; or say yes to exactly the text of one."
        },
        footer = {
            "",
            "Example:",
            "  slipway release announcements hello@1.1.0",
            "  slipway release announcements hello@1.1.0 --approve users --as clara@example.test"
        })
final class AnnouncementsCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.1.0.")
    private String release = "";

    @Option(names = "--approve", paramLabel = "ID", description = "Say yes to the text that this one has now.")
    private @Nullable String approved;

    @Option(
            names = "--digest",
            paramLabel = "SHA256",
            description = "Of the text that was read: another one is refused. Without it the present text counts.")
    private @Nullable String digest;

    @Option(
            names = "--as",
            paramLabel = "EMAIL",
            description = "Who says yes; without it SLIPWAY_TOKEN_APPROVER says it.")
    private @Nullable String email;

    AnnouncementsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        GatewayClient gateway = context.gateway();
        List<AnnouncementState> all =
                gateway.announcements(release, context.access().token(Role.VIEWER));
        String wanted = approved;
        if (wanted != null) {
            all = reviewed(gateway, all, wanted);
        }
        List<String> lines = new ArrayList<>();
        for (AnnouncementState each : all) {
            if (wanted == null || wanted.equals(each.id())) {
                lines.addAll(lines(each));
            }
        }
        context.answer(all, lines.isEmpty() ? List.of("The policy of " + release + " has nothing announced.") : lines);
        return ExitCode.OK.code();
    }

    private List<AnnouncementState> reviewed(GatewayClient gateway, List<AnnouncementState> all, String wanted) {
        AnnouncementState text = all.stream()
                .filter(each -> each.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE,
                        "%s has no announcement %s: see ./slipway release announcements %s"
                                .formatted(release, wanted, release)));
        String token = ReleaseCommands.approver(context, email);
        String read = digest;
        if (read != null && !text.digest().hex().startsWith(read.replaceFirst("^sha256:", ""))) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "the text of %s is %s by now: read it again, then approve it"
                            .formatted(wanted, text.digest().brief()));
        }
        ReleaseView.ApprovalRequest what = ReleaseCommands.approval(gateway.release(release, token));
        return gateway.review(
                release,
                wanted,
                new AnnouncementState.AnnouncementReviewRequest(
                        text.digest(), what.sha(), what.digests(), what.policyHash()),
                token);
    }

    private List<String> lines(AnnouncementState each) {
        List<String> lines = new ArrayList<>();
        lines.add("%s  %s by %s to %s, after %s"
                .formatted(
                        each.id(),
                        word(each.state()),
                        word(each.channel()),
                        String.join(", ", each.to()),
                        each.after().toLowerCase(Locale.ROOT).replace('_', '-')));
        lines.add("  text " + each.digest().brief() + ": " + each.subject());
        each.text().strip().lines().forEach(line -> lines.add("  | " + line));
        if (each.reviewedBy() != null) {
            lines.add("  reviewed by a person of the role " + each.reviewedBy());
        }
        each.reviews()
                .forEach(review -> lines.add("  yes of %s to text %s at %s%s"
                        .formatted(
                                review.by(),
                                review.digest().brief(),
                                review.at(),
                                review.digest().equals(each.digest()) ? "" : ", void: the text is another by now")));
        each.proofs()
                .forEach(proof -> lines.add("  accepted for %s at %s as %s (text %s)"
                        .formatted(
                                proof.to(),
                                proof.at(),
                                proof.answer(),
                                proof.digest().brief())));
        if (each.state() == AnnouncementState.State.AWAITS_REVIEW) {
            lines.add("  next: ./" + AwaitedReview.command(new ReleaseId(release), each.id()));
        }
        return lines;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
