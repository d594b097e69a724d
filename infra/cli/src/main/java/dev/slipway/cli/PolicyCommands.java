package dev.slipway.cli;

import dev.slipway.cli.ci.Workplace;
import dev.slipway.cli.first.AllowedPrograms;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.cli.release.PolicyFile;
import dev.slipway.cli.release.PolicyText;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code ./slipway policy ...} */
@Command(name = "policy", description = "Check, register and show release policies.")
final class PolicyCommands {
    private final CommandContext context;

    PolicyCommands(CommandContext context) {
        this.context = context;
    }

    private record Valid(String file, String application, String policyHash, List<String> hints) {
        Valid {
            hints = List.copyOf(hints);
        }
    }

    private record Shown(Policy policy, String hash) {}

    @Command(
            description = "Say what is wrong with a policy, by line and column; Slipway need not run.",
            footer = {"", "Example:", "  slipway policy validate slipway.yaml"})
    int validate(
            @Parameters(arity = "0..1", paramLabel = "FILE", description = "YAML (slipway.yaml, here or above).")
                    @Nullable
                    Path named) {
        Path file = file(named);
        PolicyCheck check = PolicyCheck.of(file);
        List<String> lines = new ArrayList<>();
        lines.add("%s is a policy for %s, %s".formatted(file, check.policy().application(), check.hash()));
        check.hints().forEach(hint -> lines.add("note  " + hint));
        context.answer(
                new Valid(file.toString(), check.policy().application().value(), check.hash(), check.hints()), lines);
        return ExitCode.OK.code();
    }

    @Command(
            description = "Register a policy; a relative file: repository counts from the file's own folder.",
            footer = {"", "Example:", "  slipway policy apply slipway.yaml", "  slipway policy apply --release"})
    int apply(
            @Parameters(arity = "0..1", paramLabel = "FILE", description = "YAML (slipway.yaml, here or above).")
                    @Nullable
                    Path named,
            @Option(
                            names = "--release",
                            description = {
                                "Release what changed for what production runs, as release create --config-only does:",
                                "with all gates, approvals and steps."
                            })
                    boolean release) {
        Path file = file(named);
        PolicyCheck check = PolicyCheck.of(file);
        PolicyFile policy = PolicyFile.read(file);
        var answer = context.gateway()
                .putPolicy(policy.application(), policy.yaml(), context.access().token(Role.ADMIN));
        List<String> lines = new ArrayList<>();
        lines.add("%s has policy %s".formatted(answer.application(), answer.policyHash()));
        Stream.concat(check.hints().stream(), answer.notes().stream())
                .distinct()
                .forEach(hint -> lines.add("note  " + hint));
        notAllowed(check.policy())
                .ifPresent(program -> lines.add("note  %s may not be started here yet: ./slipway allow %s"
                        .formatted(program.startsWith("--") ? "what is released" : program, program)));
        context.answer(release ? released(answer.application(), answer.policyHash(), lines) : answer, lines);
        return ExitCode.OK.code();
    }

    private Requests.Created released(String application, String hash, List<String> lines) {
        try {
            return ReleaseProposal.configuration(context, application, lines);
        } catch (CommandFailed refused) {
            throw new CommandFailed(
                    refused.exitCode(),
                    "policy %s is in force, and nothing of it is released: %s".formatted(hash, refused.getMessage()));
        }
    }

    @Command(
            description = "Show a policy with all that it leaves to defaults: a file's, or what is in force.",
            footer = {"", "Example:", "  slipway policy show hello"})
    int show(
            @Parameters(arity = "0..1", paramLabel = "FILE|APP", description = "(slipway.yaml, here or above.)")
                    @Nullable
                    String named) {
        if (named == null || Files.isRegularFile(Path.of(named))) {
            Path file = file(named == null ? null : Path.of(named));
            PolicyCheck check = PolicyCheck.of(file);
            List<String> lines = new ArrayList<>();
            lines.add("policy     %s for %s, %s".formatted(file, check.policy().application(), check.hash()));
            lines.addAll(PolicyText.show(check.policy()));
            context.answer(new Shown(check.policy(), check.hash()), lines);
            return ExitCode.OK.code();
        }
        if (named.contains("/") || named.contains(".")) {
            throw new CommandFailed(
                    ExitCode.USAGE, "there is no file %s: give a file's path, or an application".formatted(named));
        }
        JsonNode inForce =
                new Requests(context.gateway()).policy(named, context.access().token(Role.VIEWER));
        List<String> lines = new ArrayList<>();
        lines.add("policy     in force for %s, %s"
                .formatted(named, inForce.path("hash").asString("")));
        lines.add("put        %s by %s"
                .formatted(inForce.path("at").asString(""), inForce.path("by").asString("")));
        lines.addAll(PolicyText.show(WireJson.mapper().treeToValue(inForce.path("policy"), Policy.class)));
        context.answer(inForce, lines);
        return ExitCode.OK.code();
    }

    private static Path file(@Nullable Path named) {
        return Optional.ofNullable(named)
                .or(() -> new Workplace(Path.of("")).policy().map(PolicyCommands::brief))
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE,
                        "which policy? There is no %s here or above: give a FILE, or write one with ./slipway init"
                                .formatted(Workplace.POLICY)));
    }

    private static Path brief(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }

    /** A program that this machine would not start; another machine's list is not known here. */
    private Optional<String> notAllowed(Policy policy) {
        if (context.answers().variable("SLIPWAY_URL").isPresent()) {
            return Optional.empty();
        }
        AllowedPrograms list = new AllowedPrograms(context.home().allowedPrograms());
        var allowed = list.list();
        boolean artifacts = list.artifacts().contains(policy.application().value());
        return Stream.of(
                        policy.environments().staging().target(),
                        policy.environments().production().target())
                .map(target -> target.command().getFirst())
                .filter(program -> program.startsWith("{") ? !artifacts : !allowed.containsKey(program))
                .map(program -> program.startsWith("{") ? "--artifact " + policy.application() : program)
                .findFirst();
    }
}
