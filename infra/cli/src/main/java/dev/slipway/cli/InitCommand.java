package dev.slipway.cli;

import dev.slipway.cli.ci.Workplace;
import dev.slipway.cli.first.AllowedPrograms;
import dev.slipway.cli.first.Interview;
import dev.slipway.cli.first.MadeByTheBuild;
import dev.slipway.cli.first.PolicyDraft;
import dev.slipway.cli.first.Surroundings;
import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway init} */
@Command(
        name = "init",
        description = "Write a release policy for the program in a folder: asks on a terminal, else goes by flags.",
        footer = {
            "",
            "Example:",
            "  slipway init --application hello --artifact app.py --check build --approvals 1 \\",
            "    --contact technical-lead:Ada:ada@example.test:#hello --smoke /"
        })
final class InitCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "Where the program is (the present folder).")
    private @Nullable Path folder;

    @Option(
            names = "--application",
            paramLabel = "NAME",
            description = "Lower-case letters, digits, hyphens (the folder's name).")
    private @Nullable String application;

    @Option(
            names = "--repository",
            paramLabel = "REPOSITORY",
            description = "Address such as file:/path, or a path (the repository around DIR).")
    private @Nullable String repository;

    @Option(names = "--from", paramLabel = "BRANCH", description = "Releases are made of it (what is checked out).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "BRANCH", description = "Merged into after production (main, or 'released').")
    private @Nullable String to;

    @Option(
            names = "--program",
            paramLabel = "PROGRAM",
            description = "Program that runs the artifact, such as python3, java or sh.")
    private @Nullable String program;

    @Option(
            names = "--command",
            paramLabel = "COMMAND",
            description = "The same in full, such as \"java -jar {artifact} --fast\".")
    private @Nullable String command;

    @Option(names = "--artifact", paramLabel = "FILE", description = "What is released; its ending tells the program.")
    private @Nullable String artifact;

    @Option(
            names = "--port-env",
            paramLabel = "NAME",
            defaultValue = "PORT",
            description = "Variable with the port (${DEFAULT-VALUE}).")
    private String portEnv = "PORT";

    @Option(names = "--health", paramLabel = "PATH", description = "Answers 200 when it is healthy (/health).")
    private @Nullable String health;

    @Option(
            names = "--smoke",
            paramLabel = "PATH[::TEXT]",
            description = "Must answer 200 (and contain TEXT) in staging; may be repeated.")
    private @Nullable List<String> smoke;

    @Option(
            names = "--contact",
            paramLabel = "ROLE:NAME:EMAIL[:#CHANNEL]",
            description = "Who is told; may be repeated (you, as Git knows you).")
    private @Nullable List<String> contacts;

    @Option(names = "--approvals", paramLabel = "N", description = "How many people must approve (1).")
    private @Nullable Integer approvals;

    @Option(names = "--check", paramLabel = "NAME", description = "CI check that must pass; may be repeated (build).")
    private @Nullable List<String> checks;

    @Option(names = "--suite", paramLabel = "NAME", description = "Suite of JUnit reports that must pass (unit).")
    private @Nullable String suite;

    @Option(names = "--no-tests", description = "Ask for no reports, of tests or others.")
    private boolean noTests;

    @Option(names = "--no-checks", description = "Ask for no CI checks.")
    private boolean noChecks;

    @Option(
            names = "--traffic",
            paramLabel = "KIND",
            defaultValue = "probe",
            description = "What a canary is judged by: probe (Slipway sends load) or live (${DEFAULT-VALUE}).")
    private String traffic = "probe";

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long each share is held (${DEFAULT-VALUE}).")
    private String hold = "10s";

    @Option(
            names = "--bake",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "Watch at full traffic (${DEFAULT-VALUE}).")
    private String bake = "30s";

    @Option(names = "--force", description = "Replace a policy that is there.")
    private boolean force;

    @Option(names = "--yes", description = "Ask nothing: take what is found and the defaults.")
    private boolean yes;

    InitCommand(CommandContext context) {
        this.context = context;
    }

    /** What was written, and what comes next. */
    private record Written(String file, String application, List<String> command, String hash, List<String> next) {
        Written {
            command = List.copyOf(command);
            next = List.copyOf(next);
        }
    }

    @Override
    public Integer call() {
        Path here = folder == null ? Path.of("") : folder;
        if (!Files.isDirectory(here.toAbsolutePath())) {
            throw new CommandFailed(ExitCode.USAGE, "there is no folder %s: make it first".formatted(here));
        }
        Path file = here.resolve(Workplace.POLICY);
        if (Files.exists(file) && !force) {
            throw new CommandFailed(ExitCode.USAGE, "%s is there already: --force replaces it".formatted(file));
        }
        Surroundings around = Surroundings.of(here);
        PolicyDraft draft = new Interview(around, prompt())
                .draft(given())
                .asking(noTests ? List.of() : MadeByTheBuild.kinds(here.toAbsolutePath()));
        String yaml = draft.yaml();
        PolicyCheck check = PolicyCheck.of(file, yaml);
        try {
            Files.writeString(file, context.answers().callable(yaml));
        } catch (IOException unwritable) {
            throw new CommandFailed(
                    ExitCode.FAILED, "cannot write %s: make its folder writable".formatted(file), unwritable);
        }
        List<String> next = next(draft, file, around);
        List<String> lines = new ArrayList<>();
        lines.add("%s is a policy for %s: from %s to %s, started with %s"
                .formatted(file, draft.application(), draft.from(), draft.to(), String.join(" ", draft.command())));
        check.hints().forEach(hint -> lines.add("note       " + hint));
        next.forEach(step -> lines.add((step.equals(next.getFirst()) ? "next       " : "           ") + step));
        context.answer(new Written(file.toString(), draft.application(), draft.command(), check.hash(), next), lines);
        return ExitCode.OK.code();
    }

    private Interview.Given given() {
        return new Interview.Given(
                application,
                repository == null || repository.matches("[a-z]+:.*") ? repository : "file:" + repository,
                from,
                to,
                contacts == null
                        ? List.of()
                        : contacts.stream().map(PolicyDraft.Contact::parse).toList(),
                approvals,
                noChecks ? List.of() : checks,
                noTests ? "" : suite,
                command(),
                artifact,
                portEnv,
                health,
                smoke,
                traffic.toLowerCase(Locale.ROOT),
                hold,
                bake);
    }

    private @Nullable List<String> command() {
        if (command != null) {
            return PolicyDraft.command(command);
        }
        if (program == null) {
            return null;
        }
        String name = program.substring(program.lastIndexOf('/') + 1);
        return name.equals("java") ? List.of(name, "-jar", "{artifact}") : List.of(name, "{artifact}");
    }

    private Interview.Prompt prompt() {
        Optional<Console> console = yes || context.json() || !context.answers().terminal()
                ? Optional.empty()
                : Optional.ofNullable(System.console()).filter(Console::isTerminal);
        return console.<Interview.Prompt>map(present -> (question, proposed) -> {
                    String shown = proposed.isEmpty() ? question : "%s [%s]".formatted(question, proposed);
                    @Nullable String answer = present.readLine("%s: ", shown);
                    return answer == null || answer.isBlank() ? proposed : answer.strip();
                })
                .orElse(Interview.Prompt.NOBODY);
    }

    /** What is left to do until something is released. */
    private List<String> next(PolicyDraft draft, Path file, Surroundings around) {
        List<String> next = new ArrayList<>();
        String start = draft.command().getFirst();
        AllowedPrograms allowed = new AllowedPrograms(context.home().allowedPrograms());
        if (start.startsWith("{")) {
            if (!allowed.artifacts().contains(draft.application())) {
                next.add("./slipway allow --artifact " + draft.application());
            }
        } else if (!allowed.list().containsKey(start)) {
            next.add("./slipway allow " + start);
        }
        next.add("./slipway policy apply " + file);
        if (!draft.suite().isEmpty()) {
            next.add("./slipway evidence run%s -- COMMAND"
                    .formatted(draft.suite().equals("unit") ? "" : " --suite " + draft.suite()));
        }
        draft.kinds().forEach(kind -> next.add("./slipway evidence push FILE --kind %s --exit STATUS".formatted(kind)));
        draft.checks().forEach(check -> next.add("./slipway check pass " + check));
        String released = artifact != null
                ? artifact
                : around.program().map(Surroundings.Program::artifact).orElse("FILE");
        next.add("./slipway release create 1.0.0 --artifact " + released);
        return next;
    }
}
