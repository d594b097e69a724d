package dev.slipway.cli;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.own.FactsReader;
import dev.slipway.validation.evidence.own.SentFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway facts} */
@Command(
        name = "facts",
        description = {
            "Write numbers of your own as evidence, for what no kind of report says.",
            "Units: count, seconds (s), percent (%), score, latency, rate (/s), bytes, number (the default)."
        },
        footer = {
            "",
            "Example:",
            "  slipway facts bundle.size=182044bytes lint.warnings=3count docs.covered=81.5% --out facts.json",
            "  slipway evidence push facts.json --exit $?",
            "and in a gate: evidence: facts, rule: {bundle.size: \"<= 200000\"}"
        })
final class FactsCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "1..*", paramLabel = "NAME=VALUE", description = "A name with a dot, a number, and its unit.")
    private List<String> facts = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write it (standard output).")
    private @Nullable Path out;

    FactsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        byte[] document = document();
        if (out == null) {
            context.answers().say(new String(document, StandardCharsets.UTF_8));
            return ExitCode.OK.code();
        }
        Files.write(out, document);
        context.shell().say("wrote %s; hand it in: slipway evidence push %s".formatted(out, out));
        return ExitCode.OK.code();
    }

    /** As the service will read it: what it would refuse is not written. */
    private byte[] document() {
        EvidenceReader reader = EvidenceReaders.shipped(new JUnitReader.Limits(4, 10_000))
                .of(FactsReader.KIND)
                .orElseThrow();
        try {
            byte[] document = new SentFacts(facts.stream().map(SentFacts::parse).toList()).bytes();
            reader.read(document, "facts");
            return document;
        } catch (IllegalArgumentException | UnreadableEvidence illegal) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(illegal.getMessage()));
        }
    }
}
