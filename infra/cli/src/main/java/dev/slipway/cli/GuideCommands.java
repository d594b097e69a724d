package dev.slipway.cli;

import dev.slipway.cli.ci.Workplace;
import dev.slipway.cli.guide.GuideText;
import dev.slipway.cli.guide.GuideView;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.guide.DecisionFile;
import dev.slipway.guide.Decisions;
import dev.slipway.guide.DefaultGuide;
import dev.slipway.guide.Guide;
import dev.slipway.guide.GuideFile;
import dev.slipway.guide.LineClass;
import dev.slipway.guide.Rerun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway guide ...} */
@Command(name = "guide", description = "Read a team's release guide, and say what would answer each of its lines.")
final class GuideCommands {
    private static final String DECISIONS = "slipway-guide.yaml";

    private final CommandContext context;

    GuideCommands(CommandContext context) {
        this.context = context;
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
                "  slipway guide import RELEASE.md --decide unit-tests-1a2b3c=duty:QA --save"
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
                            paramLabel = "LINE=CLASS[:ROLE]",
                            description = "Decide about a line, by its id; may be repeated.")
                    @Nullable
                    List<String> decide,
            @Option(names = "--save", description = "Keep the lines and decisions for the next time.") boolean save)
            throws IOException {
        Guide guide = GuideFile.read(file);
        Path kept = decisions != null ? decisions : beside(file);
        Decisions before = Files.isRegularFile(kept) ? known(kept) : Decisions.none(guide.file());
        Rerun rerun = Rerun.of(guide, before);
        if (decide != null) {
            Decisions decided = rerun.known();
            for (String one : decide) {
                decided = decided(decided, one);
            }
            rerun = new Rerun(Rerun.of(guide, decided).proposals(), rerun.changes(), decided);
        }
        if (save) {
            Files.writeString(kept, DecisionFile.write(rerun.known()));
        }
        boolean exists = save || Files.isRegularFile(kept);
        GuideView view = GuideView.of(guide, rerun, exists ? kept.toString() : null);
        List<String> lines = new ArrayList<>(GuideText.lines(view));
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

    private static Path beside(Path guide) {
        return new Workplace(Path.of(""))
                .policy()
                .map(policy -> policy.resolveSibling(DECISIONS))
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
        int equals = option.lastIndexOf('=');
        if (equals < 1) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--decide %s: write LINE=CLASS or LINE=CLASS:ROLE".formatted(option));
        }
        String[] said = option.substring(equals + 1).split(":", 2);
        @Nullable String role = said.length > 1 && !said[1].isBlank() ? said[1].strip() : null;
        LineClass kind = LineClass.of(Objects.requireNonNull(said[0]));
        return known.deciding(option.substring(0, equals), new Decisions.Decision(kind, null, role));
    }
}
