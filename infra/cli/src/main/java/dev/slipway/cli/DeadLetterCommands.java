package dev.slipway.cli;

import dev.slipway.cli.gateway.DeadLetterClient;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.letters.DeadLetterView;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway deadletters ...} */
@Command(
        name = "deadletters",
        description = "See messages that a service could not do or send, and have them done again or let go of them.")
final class DeadLetterCommands {
    private final CommandContext context;

    DeadLetterCommands(CommandContext context) {
        this.context = context;
    }

    @Command(
            description = "List those that wait, of all services.",
            footer = {
                "",
                "Example:",
                "  slipway deadletters list",
                "  slipway deadletters list --service release-service --settled"
            })
    int list(
            @Option(names = "--service", paramLabel = "NAME", description = "Of this service alone.") @Nullable
                    String service,
            @Option(names = "--settled", description = "Those that were replayed or discarded, instead.")
                    boolean settled) {
        if (service != null && !DeadLetterClient.SERVICES.contains(service)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "no service is called '%s': one of %s"
                            .formatted(service, String.join(", ", DeadLetterClient.SERVICES)));
        }
        DeadLetterClient.Found found = client(null).list(service, settled);
        List<String> lines = new ArrayList<>();
        found.letters().forEach(letter -> lines.add(line(letter)));
        if (found.letters().isEmpty()) {
            lines.add(settled ? "none was settled" : "none waits");
        } else if (!settled) {
            lines.add("");
            lines.add("next       ./slipway deadletters show "
                    + found.letters().getFirst().id());
        }
        found.unanswered().forEach(away -> lines.add("! did not answer: " + away));
        context.answer(found, lines);
        return found.unanswered().isEmpty() ? ExitCode.OK.code() : ExitCode.UNREACHABLE.code();
    }

    private static String line(DeadLetterView letter) {
        String became =
                letter.by() == null ? "" : "  %s by %s: %s".formatted(letter.state(), letter.by(), letter.why());
        return "%s  %s  %s  %s%s"
                .formatted(
                        letter.at(),
                        letter.id(),
                        letter.type().isEmpty() ? "-" : letter.type(),
                        letter.reason(),
                        became);
    }

    @Command(
            description = "Show one, with its reason, headers and content; what looks like a secret is masked.",
            footer = {"", "Example:", "  slipway deadletters show release-service:slipway.ci.events:0:17"})
    int show(@Parameters(paramLabel = "ID", description = "As the list says it.") String id) {
        DeadLetterView.Whole whole = client(null).show(id);
        DeadLetterView letter = whole.letter();
        List<String> lines = new ArrayList<>();
        lines.add("id         " + letter.id());
        lines.add("topic      %s, key %s".formatted(letter.topic(), letter.key().isEmpty() ? "-" : letter.key()));
        lines.add("failed     %s%s"
                .formatted(letter.at(), letter.tries() == 0 ? "" : ", replayed in vain " + letter.tries() + " times"));
        lines.add("reason     " + letter.reason());
        lines.add("state      %s%s"
                .formatted(
                        letter.state(),
                        letter.by() == null
                                ? ""
                                : " by %s at %s: %s".formatted(letter.by(), letter.settledAt(), letter.why())));
        new TreeMap<>(whole.headers()).forEach((name, value) -> lines.add("header     " + name + ": " + value));
        lines.add("body       %d bytes as %s".formatted(whole.bytes(), whole.encoding()));
        lines.add(whole.body());
        if (letter.state() == DeadLetterView.State.WAITING) {
            lines.add("next       ./slipway deadletters replay %s --reason \"...\"".formatted(letter.id()));
        }
        context.answer(whole, lines);
        return ExitCode.OK.code();
    }

    @Command(
            description = "Have them done again by whoever failed. Once more it is the same.",
            footer = {
                "",
                "Example:",
                "  slipway deadletters replay release-service:slipway.ci.events:0:17 --reason \"the reader is mended\""
            })
    int replay(
            @Parameters(paramLabel = "ID", arity = "1..*", description = "As the list says it.") List<String> ids,
            @Option(names = "--reason", required = true, description = "Why, for the record.") String reason,
            @Option(names = "--as", paramLabel = "EMAIL", description = "Who does so (the token's own).") @Nullable
                    String email) {
        return settle("replay", ids, reason, email);
    }

    @Command(
            description = "Let go of them: nobody does what they asked for. Once more it is the same.",
            footer = {
                "",
                "Example:",
                "  slipway deadletters discard release-service:slipway.ci.events:0:17 --reason \"sent by mistake\""
            })
    int discard(
            @Parameters(paramLabel = "ID", arity = "1..*", description = "As the list says it.") List<String> ids,
            @Option(names = "--reason", required = true, description = "Why, for the record.") String reason,
            @Option(names = "--as", paramLabel = "EMAIL", description = "Who does so (the token's own).") @Nullable
                    String email) {
        return settle("discard", ids, reason, email);
    }

    private int settle(String verb, List<String> ids, String reason, @Nullable String email) {
        if (reason.isBlank()) {
            throw new CommandFailed(ExitCode.USAGE, "why? Say --reason TEXT: who reads the record should know");
        }
        DeadLetterClient client = client(email);
        List<DeadLetterView.Answer> answers = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String id : ids) {
            DeadLetterView.Answer answer = client.settle(id, verb, reason);
            answers.add(answer);
            lines.add("%s %s: %s".formatted(answer.done() ? "done      " : "not done  ", id, answer.text()));
        }
        context.answer(answers, lines);
        return answers.stream().allMatch(DeadLetterView.Answer::done) ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    private DeadLetterClient client(@Nullable String email) {
        String token = ReleaseCommands.operator(context, email);
        return new DeadLetterClient(context.gateway(), token);
    }
}
