package dev.slipway.cli;

import dev.slipway.cli.machine.Home;
import dev.slipway.cli.machine.ProcessTable;
import dev.slipway.cli.machine.Program;
import dev.slipway.cli.machine.Shutdown;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.RolloutStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./slipway down} */
@Command(
        name = "down",
        description = {
            "Stop everything that runs here, applications too; asks first where a rollout is under way.",
            "The next up starts them anew, and a rollout goes on where it was: nobody judges a version for it."
        })
final class DownCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--wipe", description = "Remove all data too; asks first.")
    private boolean wipe;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    DownCommand(CommandContext context) {
        this.context = context;
    }

    /** @param underWay rollouts that go on with the next start */
    private record Ended(int ended, boolean wiped, List<String> underWay) {
        Ended {
            underWay = List.copyOf(underWay);
        }
    }

    @Override
    public Integer call() {
        Home home = context.home();
        List<String> underWay = underWay(home);
        ask(home, underWay);
        int ended = new Shutdown(home, context.shell()).run();
        long bytes = home.sizeBytes();
        if (wipe) {
            home.wipe();
        }
        List<String> lines = new ArrayList<>();
        lines.add("%d processes ended; %s"
                .formatted(
                        ended,
                        wipe ? "all data is removed" : "%d MB of data stay in %s".formatted(bytes >> 20, home.root())));
        if (!wipe) {
            underWay.forEach(rollout -> lines.add("goes on with the next ./slipway up: " + rollout));
        }
        context.answer(new Ended(ended, wipe, underWay), lines);
        return ExitCode.OK.code();
    }

    /** Asks about everything at once; where nobody can be asked, nothing is done. */
    private void ask(Home home, List<String> underWay) {
        if (yes || (!wipe && underWay.isEmpty())) {
            return;
        }
        List<String> questions = Stream.of(
                        underWay.isEmpty() ? "" : "Stop although a rollout is under way?",
                        wipe ? "Remove all data in " + home.root() + "?" : "")
                .filter(question -> !question.isEmpty())
                .toList();
        boolean asked = !context.json() && context.shell().terminal();
        if (asked) {
            underWay.forEach(rollout -> context.shell().say("under way: " + rollout));
        }
        if (!asked || !Confirmation.given(context.shell(), String.join(" ", questions))) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "nothing was done: %sconfirm with --yes"
                            .formatted(
                                    underWay.isEmpty()
                                            ? ""
                                            : "under way is " + String.join(" and ", underWay)
                                                    + "; wait for its end with ./slipway release watch, or "));
        }
    }

    private List<String> underWay(Home home) {
        if (!home.exists() || ProcessTable.load(home).alive(Program.GATEWAY).isEmpty()) {
            return List.of();
        }
        try {
            return underWay(Programs.of(context).environments());
        } catch (CommandFailed noAnswer) {
            context.shell().say("whether a rollout is under way is not known: " + noAnswer.getMessage());
            return List.of();
        }
    }

    /** Such as {@code hello@1.2.0 in hello/production, stepping, at 25 %}. */
    static List<String> underWay(List<EnvironmentView> environments) {
        List<String> lines = new ArrayList<>();
        for (EnvironmentView environment : environments) {
            RolloutStatus rollout = environment.rollout();
            if (rollout != null) {
                lines.add("%s in %s, %s, at %d %%"
                        .formatted(
                                rollout.question().release(),
                                environment.environment(),
                                rollout.phase().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                rollout.trafficPercent()));
            }
        }
        return lines;
    }
}
