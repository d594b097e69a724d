package dev.slipway.cli;

import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.PolicyFile;
import dev.slipway.cli.shell.ExitCode;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./slipway policy ...} */
@Command(name = "policy", description = "Register release policies.")
final class PolicyCommands {
    private final CommandContext context;

    PolicyCommands(CommandContext context) {
        this.context = context;
    }

    @Command(description = "Register a policy; a relative file: repository is taken from the present folder.")
    int apply(@Parameters(paramLabel = "FILE", description = "YAML, see DESIGN section 8.") Path file) {
        PolicyFile policy = PolicyFile.read(file);
        var answer = context.gateway()
                .putPolicy(policy.application(), policy.yaml(), context.access().token(Role.ADMIN));
        context.answer(answer, List.of("%s has policy %s".formatted(answer.application(), answer.policyHash())));
        return ExitCode.OK.code();
    }
}
