package dev.slipway.cli;

import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.ReleaseDayRequest;
import dev.slipway.contracts.release.ReleaseView.SteeringAnswer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway release day} */
@Command(
        name = "day",
        description = {
            "Set or move the release day, from which duties are counted. The answer says whose plans change, and these",
            "people are told."
        },
        footer = {
            "",
            "Example:",
            "  slipway release day hello@1.0.0 2026-12-01 --reason \"the fair is later\" --as ada@example.test"
        })
final class ReleaseDayCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "RELEASE", description = "Such as hello@1.0.0.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "DATE", description = "Such as 2026-12-01.")
    private String date = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it stands in the release.")
    private String reason = "";

    @Option(
            names = "--as",
            paramLabel = "EMAIL",
            description = "The release's owner; without it SLIPWAY_TOKEN_APPROVER says who it is.")
    private @Nullable String email;

    @Option(names = "--operator", description = "As an operator, where the owner cannot.")
    private boolean operator;

    ReleaseDayCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        SteeringAnswer answer = context.gateway().day(id, new ReleaseDayRequest(day(), reason), token());
        List<String> lines = new ArrayList<>(List.of(answer.text()));
        lines.addAll(ReleaseText.duties(answer.release()));
        context.answer(answer, lines);
        return ExitCode.OK.code();
    }

    private LocalDate day() {
        try {
            return LocalDate.parse(date);
        } catch (DateTimeException noDay) {
            throw new CommandFailed(ExitCode.USAGE, "%s is no day; say one such as 2026-12-01".formatted(date));
        }
    }

    private String token() {
        return operator ? ReleaseCommands.operator(context, email) : ReleaseCommands.approver(context, email);
    }
}
