package dev.slipway.cli;

import dev.slipway.cli.ci.Workplace;
import dev.slipway.cli.gateway.Looks;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Requests.Day;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.RehearsalText;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.RehearsalView;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway guide plan} */
@Command(
        name = "plan",
        description = {
            "Rehearse a release before its start: who will be asked for what and when, which lines of the guide"
                    + " nothing",
            "answers, which freezes are on, and whether version, branch, tag, people, secrets, channels, pages, hosts,",
            "trackers and evidence are usable, as far as that can be known without sending anything. Ends with status"
                    + " 1",
            "if something blocks, such as a secret that cannot be read or a push that would be refused."
        },
        footer = {"", "Example:", "  slipway guide plan hello", "  slipway guide plan hello 1.2.0 --on 2026-01-31"})
final class GuidePlanCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "APPLICATION",
            description = "(That of the slipway.yaml here or above.)")
    private @Nullable String application;

    @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", description = "(The next one by the commits.)")
    private @Nullable String version;

    @Option(
            names = "--on",
            paramLabel = "DATE",
            description = "The day on which it is to reach production, such as 2026-01-31 (today).")
    private @Nullable String on;

    @Option(
            names = "--branch",
            paramLabel = "BRANCH",
            description = "Of which it is made, where the policy makes releases of several.")
    private @Nullable String branch;

    @Option(
            names = "--strict",
            description =
                    "End with status 1 also where a channel, page, host or tracker cannot be used now, or nobody here"
                            + " may have it or a secret looked at.")
    private boolean strict;

    GuidePlanCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String name = new Workplace(Path.of("")).application(application);
        Requests requests = new Requests(context.gateway());
        RehearsalView rehearsal = new PlannedPages(requests, context.access())
                .looked(requests.rehearsal(
                        name,
                        version,
                        branch,
                        new Day(on, context.zone()),
                        context.access().token(Role.VIEWER)));
        RehearsalView looked = new PlannedServices(new Looks(context.gateway()), context.access()).looked(rehearsal);
        RehearsalView said = strict ? PlannedServices.strictly(looked) : looked;
        context.answer(said, RehearsalText.lines(said));
        return said.ready() ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }
}
