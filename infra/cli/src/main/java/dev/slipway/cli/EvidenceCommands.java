package dev.slipway.cli;

import dev.slipway.cli.ci.ReportFiles;
import dev.slipway.cli.ci.Workplace;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Patience;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway evidence ...} */
@Command(name = "evidence", description = "Hand in what a build has proved.")
final class EvidenceCommands {
    private final CommandContext context;

    EvidenceCommands(CommandContext context) {
        this.context = context;
    }

    private record Pushed(String file, String digest, Map<String, BigDecimal> facts) {}

    private record Push(
            String application,
            String sha,
            String kind,
            @Nullable String suite,
            List<Pushed> reports) {
        Push {
            reports = List.copyOf(reports);
        }
    }

    @Command(
            description = "Hand in test reports of a commit; several of a suite count together.",
            footer = {
                "",
                "Example:",
                "  slipway evidence push target/surefire-reports",
                "  slipway evidence push report.xml --suite integration --sha v1.2.0"
            })
    int push(
            @Parameters(
                            arity = "1..*",
                            paramLabel = "FILE",
                            description = "Reports, folders of them, or patterns such as 'build/**/TEST-*.xml'.")
                    List<String> files,
            @Option(names = "--kind", defaultValue = "junit", description = "What they are (${DEFAULT-VALUE}).")
                    String kind,
            @Option(
                            names = "--suite",
                            defaultValue = "unit",
                            description = "What the policy's gate calls them (${DEFAULT-VALUE}).")
                    String suite,
            @Option(names = "--application", paramLabel = "APP", description = "(The one that slipway.yaml is for.)")
                    @Nullable
                    String application,
            @Option(names = "--sha", paramLabel = "REVISION", description = "Commit, branch or tag (HEAD).") @Nullable
                    String sha) {
        Path here = Path.of("").toAbsolutePath();
        Workplace workplace = new Workplace(here);
        List<Path> reports = ReportFiles.of(files, here);
        Requests.Report report = new Requests.Report(
                workplace.application(application), workplace.sha(sha).value(), kind, suite.isBlank() ? null : suite);
        Requests requests = new Requests(context.gateway());
        String token = context.access().token(Role.PUBLISHER);
        List<Pushed> pushed = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Path file : reports) {
            byte[] content = ReportFiles.content(file);
            Requests.Evidence evidence = Patience.with(() -> requests.evidence(report, content, token));
            String shown = file.startsWith(here) ? here.relativize(file).toString() : file.toString();
            pushed.add(new Pushed(shown, evidence.digest(), evidence.facts()));
            lines.add("%s: %s".formatted(shown, read(evidence.facts())));
            lines.add("  kept as " + evidence.digest());
        }
        lines.add("for %s at %.10s, suite %s".formatted(report.application(), report.sha(), suite));
        context.answer(new Push(report.application(), report.sha(), kind, report.suite(), pushed), lines);
        return ExitCode.OK.code();
    }

    private static String read(Map<String, BigDecimal> facts) {
        if (!facts.containsKey("tests.total")) {
            return facts.entrySet().stream()
                    .map(fact ->
                            "%s %s".formatted(fact.getKey(), fact.getValue().toPlainString()))
                    .collect(Collectors.joining(", "));
        }
        return "%s tests, %s failed, %s skipped"
                .formatted(facts.get("tests.total"), facts.get("tests.failed"), facts.get("tests.skipped"));
    }
}
