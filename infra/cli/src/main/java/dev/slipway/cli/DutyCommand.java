package dev.slipway.cli;

import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.ReleaseView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release duty} */
@Command(
        name = "duty",
        description = "Answer what only a person can know or do, for exactly what the release is now.",
        footer = {
            "",
            "Example:",
            "  slipway release duty hello@1.0.0 device-test pass --as ben@example.test --reason \"tried it\" --field device=\"Pixel 9\"",
            "  slipway release duty hello@1.0.0 device-test fail --reason \"it freezes\" --link https://issues.example.test/12",
            "  slipway release duty hello@1.0.0 device-test pass --reason \"see the photo\" --file photo.png",
            "  slipway release duty hello@1.0.0 browsers pass --cell linux/firefox --cell macos/firefox --reason \"tried it\"",
            "  slipway release duty hello@1.0.0 device-test --not-applicable --reason \"it has no screens\""
        })
final class DutyCommand implements Callable<Integer> {
    private static final Map<String, Result> RESULTS =
            Map.of("pass", Result.PASSED, "fail", Result.FAILED, "not-possible", Result.NOT_POSSIBLE);

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "RELEASE", description = "Such as hello@1.0.0.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "DUTY", description = "Its id; slipway release show names them.")
    private String duty = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "RESULT", description = "pass, fail or not-possible.")
    private @Nullable String result;

    @Option(
            names = "--not-applicable",
            description =
                    "Instead of a result: there is nothing to do in this release. Whoever made the change does not say so.")
    private boolean notApplicable;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "What was done and seen; it stands in the release.")
    private String reason = "";

    @Option(names = "--field", paramLabel = "NAME=VALUE", description = "What the duty asks for; may be repeated.")
    private @Nullable Map<String, String> fields;

    @Option(
            names = "--cell",
            paramLabel = "CELL",
            description = "Of a duty that is asked for cell by cell: this one, such as linux/firefox; may be repeated.")
    private List<String> cells = List.of();

    @Option(
            names = "--all-cells",
            description = "Of such a duty: each cell that is still open and that you have not answered.")
    private boolean allCells;

    @Option(names = "--link", paramLabel = "URL", description = "To what shows it; may be repeated.")
    private List<String> links = List.of();

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description =
                    "What shows it, such as a photo or a log; kept by its digest, up to 10 of 8 MB. slipway release file gets it back.")
    private List<Path> files = List.of();

    @Option(
            names = "--as",
            paramLabel = "EMAIL",
            description = "Who answers; without it SLIPWAY_TOKEN_APPROVER says it.")
    private @Nullable String email;

    DutyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Result said = said();
        List<String> of = cells();
        List<AttachedFile> read = AttachedFile.all(files);
        GatewayClient gateway = context.gateway();
        String token = ReleaseCommands.approver(context, email);
        ReleaseView.ApprovalRequest what = ReleaseCommands.approval(gateway.release(id, token));
        Requests requests = new Requests(gateway);
        List<AnswerFile.Named> handedIn = read.stream()
                .map(file -> requests.handIn(id, duty, file.name(), file.content(), token))
                .map(file -> new AnswerFile.Named(file.name(), file.digest()))
                .toList();
        ReleaseView after = gateway.answer(
                id,
                duty,
                new DutyView.DutyRequest(
                        said,
                        reason,
                        fields == null ? Map.of() : fields,
                        links,
                        what.sha(),
                        what.digests(),
                        what.policyHash(),
                        of,
                        handedIn),
                token);
        List<String> lines = new ArrayList<>(ReleaseText.duties(after));
        lines.addAll(new ReleaseText(context.zone()).head(after));
        context.answer(after, lines);
        return ExitCode.OK.code();
    }

    private List<String> cells() {
        if (allCells && !cells.isEmpty()) {
            throw new CommandFailed(ExitCode.USAGE, "say --cell or --all-cells, not both");
        }
        return allCells ? List.of(DutyView.ALL_CELLS) : cells;
    }

    private Result said() {
        if (notApplicable) {
            if (result != null) {
                throw new CommandFailed(ExitCode.USAGE, "say a result or --not-applicable, not both");
            }
            return Result.NOT_APPLICABLE;
        }
        Result known = result == null ? null : RESULTS.get(result);
        if (known == null) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "a duty is answered with pass, fail or not-possible, or with --not-applicable"
                            + (result == null ? "" : ", not with " + result));
        }
        return known;
    }
}
