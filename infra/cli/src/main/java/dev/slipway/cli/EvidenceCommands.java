package dev.slipway.cli;

import dev.slipway.cli.ci.CiBranch;
import dev.slipway.cli.ci.CiRun;
import dev.slipway.cli.ci.EvidencePush;
import dev.slipway.cli.ci.Handing;
import dev.slipway.cli.ci.Readings;
import dev.slipway.cli.ci.ReportFiles;
import dev.slipway.cli.ci.Sorting;
import dev.slipway.cli.ci.TestRun;
import dev.slipway.cli.ci.Workplace;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.RetentionText;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.release.RetentionView;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.RunRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway evidence ...} */
@Command(
        name = "evidence",
        description = "Hand in what a run of tests, a scanner or a benchmark has proved: its reports and how it ended.")
final class EvidenceCommands {
    private static final Duration NO_REPORT = Duration.ofSeconds(10);

    private final CommandContext context;

    private EvidenceCommands(CommandContext context) {
        this.context = context;
    }

    /** With {@code run}, whose own options end where the command begins. */
    static CommandLine line(CommandContext context) {
        CommandLine line = new CommandLine(new EvidenceCommands(context));
        Objects.requireNonNull(line.getSubcommands().get("run")).setStopAtPositional(true);
        return line;
    }

    /** What the evidence is about. */
    static final class Subject {
        @Option(
                names = "--suite",
                paramLabel = "NAME",
                description = "What the policy's gate calls it (unit for test reports, else none).")
        private @Nullable String suite;

        @Option(names = "--kind", description = "What the reports are (what the content of each says).")
        private @Nullable String kind;

        @Option(names = "--application", paramLabel = "APP", description = "(The one that slipway.yaml is for.)")
        private @Nullable String application;

        @Option(names = "--sha", paramLabel = "REVISION", description = "Commit, branch or tag (HEAD).")
        private @Nullable String sha;

        @Option(
                names = "--run",
                paramLabel = "ID",
                description = "Run of the CI (as its variables say; else one of its own for run, and none for push).")
        private @Nullable String run;

        @Option(
                names = "--part",
                paramLabel = "NAME",
                description = "Job of the run, where several report some of the suite each.")
        private @Nullable String part;

        @Option(
                names = "--attempt",
                paramLabel = "N",
                description = "Rises when the run is repeated; the newest attempt counts.")
        private @Nullable Long attempt;

        @Option(
                names = "--branch",
                paramLabel = "NAME",
                description = "Branch that the run was for, over whose runs tests are stable (as CI's variables say).")
        private @Nullable String branch;
    }

    @Command(
            description = {
                "Run a test command, then hand in the reports that it wrote and its exit status.",
                "Ends as the command does. Some tools end with an error and write no failure into their report, so this",
                "is the safest way."
            },
            footer = {
                "",
                "Example:",
                "  slipway evidence run -- pytest --junitxml=report.xml",
                "  slipway evidence run --suite it --report 'out/**/*.xml' -- mvn -B verify"
            })
    int run(
            @Mixin Subject subject,
            @Option(
                            names = "--report",
                            paramLabel = "PATTERN",
                            description = "Where it writes reports; may be repeated (where the usual tools write).")
                    @Nullable
                    List<String> reports,
            @Option(
                            names = "--settle",
                            paramLabel = "TIME",
                            description = "How long a report may take to be written whole after the end (10s).")
                    @Nullable
                    Duration settle,
            @Parameters(
                            arity = "1..*",
                            paramLabel = "COMMAND",
                            description = "The command and its arguments, after --.")
                    List<String> command) {
        Path here = Path.of("").toAbsolutePath();
        requireKind(subject.kind);
        Requests.Report report = report(subject, here, null, true);
        TestRun run = new TestRun(here, reports == null ? List.of() : reports, subject.kind);
        List<String> words = command.getFirst().equals("--") ? command.subList(1, command.size()) : command;
        TestRun.Outcome outcome = run.of(words, context.answers(), context.json(), settle == null ? NO_REPORT : settle);
        List<String> lines = new ArrayList<>();
        if (outcome.trouble() != null) {
            lines.add(outcome.trouble());
        }
        if (outcome.reports().paths().isEmpty()) {
            lines.add(
                    outcome.untouched() == 0
                            ? "the command wrote no report: name it with --report PATTERN"
                            : "the command wrote no report anew, and %d from before do not count: run the tests anew"
                                    .formatted(outcome.untouched()));
        }
        int exit = handedIn(report.with((long) outcome.exit()), outcome.reports(), subject, lines);
        return outcome.exit() == 0 ? exit : outcome.exit();
    }

    /** What cannot be handed in turns a good run into a failure: else nobody would see that it is missing. */
    private int handedIn(Requests.Report report, ReportFiles files, Subject subject, List<String> lines) {
        Shell aside = context.answers().aside(); // the other stream is the command's
        Handing handing = new Handing(push());
        try {
            Handing.Handed handed = handing.of(report, files, subject.kind, subject.suite);
            lines.addAll(handed.lines());
            context.answerAside(handed.answer(), lines);
            return handed.refused().isEmpty() ? ExitCode.OK.code() : ExitCode.USAGE.code();
        } catch (CommandFailed refused) {
            lines.forEach(aside::say);
            aside.say("slipway: " + refused.getMessage());
            if (refused.exitCode() == ExitCode.USAGE
                    && report.exit() != null
                    && !files.paths().isEmpty()) {
                handing.of(report, files.none(), subject.kind, subject.suite)
                        .lines()
                        .forEach(aside::say);
            }
            return refused.exitCode().code();
        }
    }

    @Command(
            description = {
                "Hand in reports of a commit, and how the run ended: tests, scanners, parts, coverage, performance.",
                "The kind of each file is known by its content. Of each kind all are taken in or none.",
                "Reports of one run and attempt count together, and of several attempts the newest counts."
            },
            footer = {
                "",
                "Example:",
                "  slipway evidence push target/surefire-reports --exit $status",
                "  slipway evidence push report.xml --suite integration --sha v1.2.0 --exit 0",
                "  slipway evidence push scan.sarif bom.json coverage/lcov.info --exit 0",
                "  slipway evidence push --exit 1      # the run wrote no report"
            })
    int push(
            @Mixin Subject subject,
            @Parameters(
                            arity = "0..*",
                            paramLabel = "FILE",
                            description = "Reports, folders of them, or patterns such as 'build/**/TEST-*.xml'.")
                    @Nullable
                    List<String> files,
            @Option(
                            names = "--exit",
                            paramLabel = "STATUS",
                            description = "Exit status of the test command, which no report tells.")
                    @Nullable
                    Long exit) {
        Path here = Path.of("").toAbsolutePath();
        boolean none = files == null || files.isEmpty();
        if (none && exit == null) {
            throw new CommandFailed(
                    ExitCode.USAGE, "hand in what? Name reports, or say --exit STATUS of a run that wrote none");
        }
        requireKind(subject.kind);
        ReportFiles reports = ReportFiles.of(files == null ? List.of() : files, here, subject.kind);
        Handing.Handed handed =
                new Handing(push()).of(report(subject, here, exit, false), reports, subject.kind, subject.suite);
        context.answer(handed.answer(), handed.lines());
        return handed.refused().isEmpty() ? ExitCode.OK.code() : ExitCode.USAGE.code();
    }

    @Command(
            description = "Say offline what Slipway would read in files, with the very code of the service.",
            footer = {
                "",
                "Example:",
                "  slipway evidence read target/surefire-reports --exit 1",
                "  slipway evidence read report.xml --json"
            })
    int read(
            @Parameters(
                            arity = "1..*",
                            paramLabel = "FILE",
                            description = "Reports, folders of them, or patterns such as 'build/**/TEST-*.xml'.")
                    List<String> files,
            @Option(names = "--kind", description = "What they are (what the content of each says).") @Nullable
                    String kind,
            @Option(names = "--exit", paramLabel = "STATUS", description = "Exit status of the test command.") @Nullable
                    Long exit) {
        requireKind(kind);
        Readings readings = Readings.of(
                ReportFiles.of(files, Path.of("").toAbsolutePath(), kind),
                kind,
                status(exit),
                context.clock().instant());
        context.answer(readings.answer(), readings.lines());
        return readings.refused() ? ExitCode.USAGE.code() : ExitCode.OK.code();
    }

    @Command(
            description = {
                "Write all that proves a release into one file that anybody can check without Slipway: its records, keys,",
                "attestation, policy, the verdicts of its gates, and the reports that they rest on. Needs role operator."
            },
            footer = {"", "Example:", "  slipway evidence export hello@1.0.0", "  slipway verify --file hello-1.0.0.zip"
            })
    int export(
            @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.0.0.") String release,
            @Option(names = "--to", paramLabel = "FILE", description = "(APPLICATION-VERSION.zip, in this folder.)")
                    @Nullable
                    Path to) {
        Path file = to == null ? Path.of(release.replace('@', '-') + ".zip") : to;
        Exporting.Exported exported = new Exporting(context).of(release, file);
        context.answer(exported, exported.lines());
        return ExitCode.OK.code();
    }

    @Command(
            description = {
                "Keep all that proves a release, whatever its age, until the hold is lifted. Who, why and since when is on",
                "record. Needs role operator."
            },
            footer = {"", "Example:", "  slipway evidence hold hello@1.0.0 --reason \"the auditor asks for it\""})
    int hold(
            @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.0.0.") String release,
            @Option(names = "--reason", required = true, description = "Why, for the record.") String reason) {
        return held(release, true, reason);
    }

    @Command(
            description = "Lift a hold: the release ages by policy again. Needs role operator.",
            footer = {"", "Example:", "  slipway evidence lift hello@1.0.0 --reason \"the audit is over\""})
    int lift(
            @Parameters(paramLabel = "RELEASE", description = "Such as hello@1.0.0.") String release,
            @Option(names = "--reason", required = true, description = "Why, for the record.") String reason) {
        return held(release, false, reason);
    }

    private int held(String release, boolean held, String reason) {
        RetentionView kept =
                context.gateway().hold(release, held, reason, context.access().token(Role.OPERATOR));
        context.answer(kept, RetentionText.lines(kept));
        return ExitCode.OK.code();
    }

    @Command(
            description = "Say how long what proves a release is kept, who holds it, and what of it went.",
            footer = {"", "Example:", "  slipway evidence kept hello@1.0.0"})
    int kept(@Parameters(paramLabel = "RELEASE", description = "Such as hello@1.0.0.") String release) {
        RetentionView kept =
                context.gateway().retention(release, context.access().token(Role.VIEWER));
        context.answer(kept, RetentionText.lines(kept));
        return ExitCode.OK.code();
    }

    private static void requireKind(@Nullable String kind) {
        if (kind != null) {
            Sorting.reader(kind);
        }
    }

    private EvidencePush push() {
        return new EvidencePush(
                new Requests(context.gateway()), context.access().token(Role.PUBLISHER));
    }

    /** @param ended whether a run has just ended here; what is pushed may be what was handed in before */
    private Requests.Report report(Subject subject, Path here, @Nullable Long exit, boolean ended) {
        Workplace workplace = new Workplace(here);
        CiRun known = CiRun.of(subject.run, subject.part, subject.attempt, context.answers()::variable);
        return new Requests.Report(
                workplace.application(subject.application),
                workplace.sha(subject.sha).value(),
                JUnitReader.KIND,
                subject.suite,
                ended ? known.orOwn(context.clock().instant(), UUID.randomUUID()) : known,
                CiBranch.of(subject.branch, context.answers()::variable),
                status(exit));
    }

    private static @Nullable Long status(@Nullable Long exit) {
        if (exit != null && (exit < 0 || exit > RunRecord.EXIT_MAX)) {
            throw new CommandFailed(
                    ExitCode.USAGE, "an exit status is 0 to %d, not %d".formatted(RunRecord.EXIT_MAX, exit));
        }
        return exit;
    }
}
