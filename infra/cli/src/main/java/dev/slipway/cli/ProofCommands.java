package dev.slipway.cli;

import dev.slipway.cli.machine.ProofKey;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code ./slipway proof ...} */
@Command(name = "proof", description = "The key that closes the records of releases.")
final class ProofCommands {
    private final CommandContext context;

    ProofCommands(CommandContext context) {
        this.context = context;
    }

    @Command(
            description = {
                "Make a new key for checkpoints and attestations. Slipway signs with it from the next one on.",
                "The old key is gone, its public half stays: what it signed stays proved."
            },
            footer = {"", "Example:", "  slipway proof rotate"})
    int rotate() {
        if (!context.home().exists()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "there is no %s: start Slipway once with ./slipway up"
                            .formatted(context.home().root()));
        }
        String id = ProofKey.rotate(context.home());
        context.answer(Map.of("key", id), List.of("records are closed with key %s from now on".formatted(id)));
        return ExitCode.OK.code();
    }
}
