package dev.slipway.cli;

import dev.slipway.cli.ci.Workplace;
import dev.slipway.cli.first.Interview;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.guide.Deciding;
import dev.slipway.cli.guide.GuideSource;
import dev.slipway.cli.guide.GuideText;
import dev.slipway.cli.guide.GuideView;
import dev.slipway.cli.guide.PolicyGuide;
import dev.slipway.cli.guide.Question;
import dev.slipway.cli.guide.StatesText;
import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.cli.release.PolicyFile;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.guide.DecisionFile;
import dev.slipway.guide.Decisions;
import dev.slipway.guide.DefaultGuide;
import dev.slipway.guide.Guide;
import dev.slipway.guide.GuideFile;
import dev.slipway.guide.Rerun;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway guide ...} */
@Command(
        name = "guide",
        description = "Read a team's release guide, make it part of the policy, and show where a release is in it.")
final class GuideCommands {
    private static final String DECISIONS = "slipway-guide.yaml";
    /** As release-service has it: {@code slipway.release.api.policy-bytes-max}. */
    private static final int POLICY_BYTES_USUAL = 65_536;

    private final CommandContext context;

    GuideCommands(CommandContext context) {
        this.context = context;
    }

    static CommandLine line(CommandContext context) {
        return new CommandLine(new GuideCommands(context))
                .addSubcommand(new GuidePlanCommand(context))
                .addSubcommand(new GuideAdoptCommand(context))
                .addSubcommand(new GuideLineCommand(context));
    }

    @Command(
            name = "import",
            description = {
                "Read a guide (Markdown, or an issue form in YAML), and propose what would answer each line:",
                "a gate, a duty of a person, a document, an action, a value of the policy, or nothing.",
                "Nothing is put in force, and Slipway need not run. Decisions are kept beside the policy."
            },
            footer = {
                "",
                "Examples:",
                "  slipway guide import RELEASE.md",
                "  slipway guide import RELEASE.md --save",
                "  slipway guide import RELEASE.md --decide unit-tests-1a2b3c=duty:QA --save",
                "  slipway guide import RELEASE.md --policy slipway.yaml",
                "  slipway guide import RELEASE.md --policy slipway.yaml --ask",
                "  slipway guide import RELEASE.md --decide lint-4d5e6f=gate:style --policy slipway.yaml --save"
            })
    int read(
            @Parameters(paramLabel = "FILE", description = "Up to 1 MB and 5,000 lines.") Path file,
            @Option(
                            names = "--decisions",
                            paramLabel = "FILE",
                            description =
                                    "What was decided (" + DECISIONS + " beside the policy, else beside the guide).")
                    @Nullable
                    Path decisions,
            @Option(
                            names = "--decide",
                            paramLabel = "LINE=CLASS[:WHAT]",
                            description = {
                                "Decide about a line, by its id; may be repeated. WHAT is the role that a duty is"
                                        + " asked of; of any",
                                "other class, what of the policy answers it: gate:unit-tests, action:deploy,"
                                        + " document:notes,",
                                "value:approvals.required, approval:required, contact:\"Ada <ada@example.test>\";"
                                        + " of what",
                                "others do, who sees to it, how long it usually takes and may: wait:devops:24h:72h."
                            })
                    @Nullable
                    List<String> decide,
            @Option(
                            names = "--policy",
                            paramLabel = "FILE",
                            description = {
                                "Write the guide into this policy, or in place of the one there, and leave all else of"
                                        + " it as",
                                "it is. Lines are bound to what the policy has; about the others it is asked. What was"
                                        + " decided, or",
                                "answered in the policy itself, is kept; duties and contacts that are decided for are"
                                        + " added to it."
                            })
                    @Nullable
                    Path policy,
            @Option(
                            names = "--ask",
                            description = "Ask about each line that nothing of the policy answers, on a terminal.")
                    boolean ask,
            @Option(names = "--accept", description = "Take what is proposed for each of them.") boolean accept,
            @Option(names = "--save", description = "Keep the lines and decisions for the next time.") boolean save)
            throws IOException {
        if ((ask || accept) && policy == null) {
            throw new CommandFailed(ExitCode.USAGE, "questions are about what a policy has: add --policy slipway.yaml");
        }
        String text = GuideFile.text(file);
        Guide guide = GuideFile.parse(String.valueOf(file.getFileName()), text);
        String source = GuideSource.path(file);
        String sha256 = GuideFile.sha256(text);
        Path kept = decisions != null ? decisions : beside(policy, file);
        @Nullable Policy known = policy == null ? null : PolicyCheck.of(policy).policy();
        Decisions before = Files.isRegularFile(kept) ? known(kept) : known(known, guide.file());
        Rerun rerun = Rerun.of(guide, before);
        rerun = deciding(guide, rerun, decide == null ? List.of() : decide);
        @Nullable PolicyGuide section = known == null ? null : PolicyGuide.of(source, sha256, rerun.proposals(), known);
        if (section != null && known != null && (ask || accept)) {
            rerun = deciding(guide, rerun, answers(section.questions(), ask ? prompt() : null));
            section = PolicyGuide.of(source, sha256, rerun.proposals(), known);
        }
        GuideView.@Nullable Written written = section == null || policy == null ? null : written(section, policy);
        if (save) {
            Files.writeString(kept, DecisionFile.write(rerun.known()));
        }
        boolean exists = save || Files.isRegularFile(kept);
        List<Question> asked = section == null ? List.of() : section.questions();
        GuideView view = GuideView.of(guide, rerun, exists ? kept.toString() : null, written, asked);
        List<String> lines = new ArrayList<>(GuideText.lines(view));
        if (written != null) {
            lines.addAll(GuideText.questions(asked, written.file()));
            lines.addAll(GuideText.added(written));
            lines.add("%s has the guide: %s of %d; slipway policy apply %s puts it in force"
                    .formatted(written.file(), answered(written), written.lines(), written.file()));
            if (Files.size(Path.of(written.file())) > POLICY_BYTES_USUAL) {
                lines.add("note  it has more than %,d bytes, the most that Slipway takes unless it is set up otherwise"
                        .formatted(POLICY_BYTES_USUAL));
            }
        }
        if (save) {
            lines.add("kept in %s: slipway guide import %s shows what has changed since".formatted(kept, file));
        }
        context.answer(view, lines);
        return ExitCode.OK.code();
    }

    @Command(
            name = "default",
            description = "Print the guide that Slipway ships, in Markdown: a start for a team that has none.",
            footer = {"", "Example:", "  slipway guide default > RELEASE.md"})
    int shipped() {
        context.answer(DefaultGuide.lines(), List.of(DefaultGuide.markdown().stripTrailing()));
        return ExitCode.OK.code();
    }

    @Command(
            name = "show",
            description = {
                "Say what answers each line of an application's guide, and where a release is in it: of the newest, or"
                        + " of",
                "the one named; in what the guide's file at the release's revision differs; and which lines the last"
                        + " releases",
                "show to be of no use as they are. Lines that nothing answers are said last."
            },
            footer = {
                "",
                "Examples:",
                "  slipway guide show hello",
                "  slipway guide show hello --release 1.1.0 --strict"
            })
    int show(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "APPLICATION",
                            description = "(That of the slipway.yaml here or above.)")
                    @Nullable
                    String application,
            @Option(names = "--release", paramLabel = "RELEASE", description = "Such as hello@1.1.0, or 1.1.0.")
                    @Nullable
                    String release,
            @Option(names = "--strict", description = "End with status 1 if nothing answers a line that applies.")
                    boolean strict) {
        String name = release != null && release.contains("@")
                ? release.substring(0, release.indexOf('@'))
                : new Workplace(Path.of("")).application(application);
        @Nullable String id = release == null || release.contains("@") ? release : name + "@" + release;
        dev.slipway.contracts.release.GuideView view =
                new Requests(context.gateway()).guide(name, id, context.access().token(Role.VIEWER));
        context.answer(view, StatesText.lines(view));
        boolean gap = view.guideHash() == null || view.tally().open() > 0;
        return strict && gap ? ExitCode.FAILED.code() : ExitCode.OK.code();
    }

    /** With what people say about lines, each as {@code LINE=CLASS[:WHAT]}. */
    private static Rerun deciding(Guide guide, Rerun rerun, List<String> said) {
        if (said.isEmpty()) {
            return rerun;
        }
        Decisions decided = rerun.known();
        for (String one : said) {
            decided = decided(decided, one);
        }
        return new Rerun(Rerun.of(guide, decided).proposals(), rerun.changes(), decided);
    }

    /** @param prompt whom to ask; null to take what is proposed */
    private List<String> answers(List<Question> questions, Interview.@Nullable Prompt prompt) {
        List<String> answers = new ArrayList<>();
        for (Question question : questions) {
            if (prompt != null) {
                GuideText.question(question).forEach(context.shell()::say);
            }
            String answer = prompt == null ? question.proposed() : answer(question, prompt);
            if (!answer.isEmpty()) {
                answers.add(question.line() + "=" + answer);
            }
        }
        return answers;
    }

    /** One of the choices by its number, or a class and what it is; a hyphen leaves the line open. */
    private String answer(Question question, Interview.Prompt prompt) {
        while (true) {
            String said = prompt.ask("       CLASS:WHAT, a number, or - to leave it open", question.proposed());
            if (said.isEmpty() || said.equals("-")) {
                return "";
            }
            try {
                int many = question.choices().size();
                String answer = said.matches("\\d{1,2}")
                                && Integer.parseInt(said) >= 1
                                && Integer.parseInt(said) <= many
                        ? question.choices().get(Integer.parseInt(said) - 1).answer()
                        : said;
                Deciding.of(answer);
                return answer;
            } catch (IllegalArgumentException none) {
                context.shell().say("       " + none.getMessage());
            }
        }
    }

    private Interview.Prompt prompt() {
        Console console = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .filter(present -> !context.json() && context.answers().terminal())
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE,
                        "--ask needs a terminal: --accept takes what is proposed, --decide LINE=CLASS:WHAT"
                                + " says something else"));
        return (question, proposed) -> {
            @Nullable String answer = console.readLine("%s [%s]: ", question, proposed);
            return answer == null || answer.isBlank() ? proposed : answer.strip();
        };
    }

    private static Decisions known(@Nullable Policy policy, String file) {
        return policy == null || policy.guide() == null ? Decisions.none(file) : PolicyGuide.known(policy.guide());
    }

    /** @throws CommandFailed if the policy is none with it or without it; then its file is left as it was */
    private static GuideView.Written written(PolicyGuide section, Path policy) throws IOException {
        String text;
        try {
            text = section.in(PolicyFile.text(policy));
        } catch (IllegalArgumentException other) {
            throw new CommandFailed(
                    ExitCode.USAGE, "no guide can be written into %s: %s".formatted(policy, other.getMessage()), other);
        }
        try {
            PolicyCheck.of(policy, text);
        } catch (CommandFailed refused) {
            throw new CommandFailed(
                    refused.exitCode(),
                    "with this guide %s would be no policy, so nothing was written; lines count with it in place:%n%s"
                            .formatted(policy, refused.getMessage()),
                    refused);
        }
        Files.writeString(policy, text);
        return new GuideView.Written(
                policy.toString(),
                section.lines().size(),
                section.counts(),
                section.duties().stream().map(Duty::id).toList(),
                section.contacts().stream().map(Policy.Contact::role).toList(),
                section.idle());
    }

    private static String answered(GuideView.Written written) {
        return written.answered().entrySet().stream()
                .map(each -> each.getKey().equals("unanswered")
                        ? each.getValue() + " lines open"
                        : "%d by %s".formatted(each.getValue(), each.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static Path beside(@Nullable Path named, Path guide) {
        return Optional.ofNullable(named)
                .or(new Workplace(Path.of(""))::policy)
                .map(policy -> policy.toAbsolutePath().resolveSibling(DECISIONS))
                .orElseGet(() -> guide.toAbsolutePath().resolveSibling(DECISIONS));
    }

    private static Decisions known(Path file) throws IOException {
        if (Files.size(file) > 4L * GuideFile.BYTES_MAX) {
            throw new CommandFailed(
                    ExitCode.USAGE, "%s has more than %,d bytes".formatted(file, 4L * GuideFile.BYTES_MAX));
        }
        try {
            return DecisionFile.read(Files.readString(file));
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailed(ExitCode.USAGE, "%s: %s".formatted(file, wrong.getMessage()), wrong);
        }
    }

    private static Decisions decided(Decisions known, String option) {
        int equals = option.indexOf('=');
        if (equals < 1) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--decide %s: write LINE=CLASS or LINE=CLASS:WHAT".formatted(option));
        }
        return known.deciding(option.substring(0, equals), Deciding.of(option.substring(equals + 1)));
    }
}
