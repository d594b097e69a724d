package dev.slipway.cli;

import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.judge.JudgedPolicy;
import dev.slipway.cli.judge.Recording;
import dev.slipway.cli.judge.Simulated;
import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.validation.simulation.Outcome;
import dev.slipway.validation.simulation.Replay;
import dev.slipway.validation.simulation.Scenario;
import dev.slipway.validation.simulation.ShippedBounds;
import dev.slipway.validation.simulation.Simulation;
import dev.slipway.validation.simulation.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code ./slipway judge ...} */
@Command(name = "judge", description = "Try the judge of canaries, over drawn traffic or over what was recorded.")
final class JudgeCommands {
    private static final int RUNS_MAX = 10_000;
    private static final int PARTS_MAX = 100_000;
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final Duration MEASURED_WITHOUT_SHARE = Duration.ofSeconds(60);

    private final CommandContext context;

    JudgeCommands(CommandContext context) {
        this.context = context;
    }

    @Command(
            description = "Say how soon a fault would be found, how many answers it hurts, and how often a good version"
                    + " would be taken back. Slipway need not run.",
            footer = {
                "",
                "Examples:",
                "  slipway judge simulate --baseline 0.5% --canary 5% --share 5 --rate 100/s",
                "  slipway judge simulate --p95-times 2 --share 10 --rate 40/s --policy slipway.yaml",
                "  slipway judge simulate --table --runs 300 --seed 1"
            })
    int simulate(
            @Option(names = "--baseline", defaultValue = "0.5%", description = "Its rate of errors (${DEFAULT-VALUE}).")
                    String baseline,
            @Option(
                            names = "--canary",
                            paramLabel = "RATE",
                            description = "The fault's rate of errors (the baseline's).")
                    @Nullable
                    String canary,
            @Option(
                            names = "--p95-times",
                            defaultValue = "1",
                            description = "How many times as long the canary's answers take (${DEFAULT-VALUE}).")
                    double latencyTimes,
            @Option(names = "--share", defaultValue = "10", description = "Percent of the canary (${DEFAULT-VALUE}).")
                    String share,
            @Option(names = "--rate", defaultValue = "100/s", description = "Answers of both (${DEFAULT-VALUE}).")
                    String rate,
            @Option(
                            names = "--begins",
                            defaultValue = "0s",
                            description = "When the fault begins, from the share on (${DEFAULT-VALUE}).")
                    Duration begins,
            @Option(
                            names = "--within",
                            defaultValue = "10m",
                            description = "How long to look for it (${DEFAULT-VALUE}).")
                    Duration within,
            @Option(names = "--gateways", defaultValue = "1", description = "(${DEFAULT-VALUE})") int gateways,
            @Option(names = "--policy", paramLabel = "FILE", description = "Whose rules (those that init writes).")
                    @Nullable
                    Path policy,
            @Option(names = "--runs", defaultValue = "300", description = "How often (${DEFAULT-VALUE}).") int runs,
            @Option(names = "--seed", defaultValue = "1", description = "What is drawn (${DEFAULT-VALUE}).") long seed,
            @Option(names = "--table", description = "The table of the documentation, for this policy.")
                    boolean table) {
        if (runs < 1 || runs > RUNS_MAX) {
            throw new CommandFailed(ExitCode.USAGE, "--runs must be 1 to %d, is %d".formatted(RUNS_MAX, runs));
        }
        JudgedPolicy judged = policy == null
                ? JudgedPolicy.usual()
                : JudgedPolicy.of(PolicyCheck.of(policy).policy());
        if (table) {
            return table(judged, runs, seed);
        }
        Scenario scenario = scenario(
                new Fault(
                        percent("--baseline", baseline),
                        percent("--canary", canary == null ? baseline : canary),
                        latencyTimes),
                share(share),
                perSecond(rate),
                begins,
                within,
                gateways,
                judged);
        Outcome fault = new Simulation(scenario, ShippedBounds.BOUNDS).run(runs, seed);
        Outcome none = new Simulation(scenario.withoutFault(judged.held()), ShippedBounds.BOUNDS).run(runs, seed);
        Simulated simulated = Simulated.of(scenario, fault, none, seed);
        context.answer(simulated, simulated.lines(scenario));
        return ExitCode.OK.code();
    }

    private record Fault(double baseline, double canary, double latencyTimes) {}

    private static Scenario scenario(
            Fault fault,
            int share,
            int perSecond,
            Duration begins,
            Duration within,
            int gateways,
            JudgedPolicy judged) {
        try {
            return new Scenario(
                    fault.baseline(),
                    fault.canary(),
                    fault.latencyTimes(),
                    share,
                    perSecond,
                    begins,
                    within,
                    share == 100 ? MEASURED_WITHOUT_SHARE : MEASURED,
                    gateways,
                    0.5,
                    judged.rules(),
                    judged.planned());
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailed(ExitCode.USAGE, Objects.requireNonNull(wrong.getMessage()), wrong);
        }
    }

    private int table(JudgedPolicy judged, int runs, long seed) {
        Table table = new Table(judged.rules(), judged.held(), ShippedBounds.BOUNDS);
        List<String> lines = new ArrayList<>(Table.head());
        for (Table.Row row : table.rows()) {
            lines.add(Table.line(row, table.outcome(row, runs, seed)));
        }
        context.answer(lines, lines);
        return ExitCode.OK.code();
    }

    @Command(
            description = "Run the judge over recorded seconds and say what it finds, and when. Slipway need not run.",
            footer = {"", "Example:", "  slipway judge replay seconds.jsonl"})
    int replay(@Parameters(paramLabel = "FILE", description = "As judge export writes it.") Path file) {
        Replay.Result result = Recording.replay(file);
        List<String> lines = new ArrayList<>();
        result.findings().forEach(finding -> lines.add("%s  %s".formatted(finding.at(), finding.what())));
        var last = result.last();
        lines.add(
                last == null
                        ? "nothing was judged"
                        : "at the end: passed step %d, new: %d answers, %d errors, %d refusals; old: %d, %d, %d%s"
                                .formatted(
                                        last.passedStep(),
                                        last.canary().answers(),
                                        last.canary().errors(),
                                        last.canary().refusals(),
                                        last.baseline().answers(),
                                        last.baseline().errors(),
                                        last.baseline().refusals(),
                                        last.waitingFor().isEmpty() ? "" : "; waits for " + last.waitingFor()));
        context.answer(result, lines);
        return ExitCode.OK.code();
    }

    @Command(
            description = "Print what a release was judged by in production, one recorded second a line.",
            footer = {"", "Example:", "  slipway judge export hello@1.1.0 > seconds.jsonl"})
    int export(@Parameters(paramLabel = "RELEASE", description = "As application@version.") String named) {
        ReleaseId release = release(named);
        Requests requests = new Requests(context.gateway());
        String token = context.access().token(Role.VIEWER);
        boolean more = true;
        for (int part = 0; more && part < PARTS_MAX; part++) {
            JsonNode seconds = requests.seconds(release.application().value(), named, part, token);
            seconds.path("lines").forEach(line -> context.answers().sayAsIs(line.asString()));
            more = seconds.path("more").asBoolean(false);
        }
        return ExitCode.OK.code();
    }

    private static ReleaseId release(String named) {
        try {
            return new ReleaseId(named);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailed(ExitCode.USAGE, Objects.requireNonNull(wrong.getMessage()), wrong);
        }
    }

    private static double percent(String option, String text) {
        Matcher form = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)\\s*%?").matcher(text.strip());
        if (!form.matches() || Double.parseDouble(form.group(1)) > 100) {
            throw new CommandFailed(ExitCode.USAGE, "%s '%s' is no rate: write 0.5%% or 5%%".formatted(option, text));
        }
        return Double.parseDouble(form.group(1)) / 100;
    }

    /** A step's traffic is a whole percentage, so what is between two of them would be simulated as another one. */
    private static int share(String text) {
        Matcher form = Pattern.compile("(\\d{1,3})\\s*%?").matcher(text.strip());
        if (!form.matches()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "--share '%s' is no share: write a whole percentage, 1 to 100, as steps have it".formatted(text));
        }
        return Integer.parseInt(form.group(1));
    }

    private static int perSecond(String text) {
        Matcher form = Pattern.compile("(\\d{1,6})(?:/s)?").matcher(text.strip());
        if (!form.matches()) {
            throw new CommandFailed(ExitCode.USAGE, "--rate '%s' is no rate: write 100/s".formatted(text));
        }
        return Integer.parseInt(form.group(1));
    }
}
