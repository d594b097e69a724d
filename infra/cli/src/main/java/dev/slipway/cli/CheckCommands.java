package dev.slipway.cli;

import dev.slipway.cli.ci.CheckEvent;
import dev.slipway.cli.ci.CheckEvent.Ended;
import dev.slipway.cli.ci.Workplace;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Patience;
import dev.slipway.contracts.Sha;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./slipway check ...} */
@Command(name = "check", description = "Say how a run of your CI ended, or that it has begun.")
final class CheckCommands {
    private final CommandContext context;

    CheckCommands(CommandContext context) {
        this.context = context;
    }

    private record Told(String check, String outcome, String application, String sha, String event) {}

    /** Which check it is, and of what it was. */
    static final class Subject {
        @Parameters(paramLabel = "NAME", description = "As the policy's checks, or your CI, call it.")
        private String name = "";

        @Option(names = "--application", paramLabel = "APP", description = "(The one that slipway.yaml is for.)")
        private @Nullable String application;

        @Option(names = "--sha", paramLabel = "REVISION", description = "Commit, branch or tag (HEAD).")
        private @Nullable String sha;

        @Option(names = "--run", paramLabel = "ID", description = "Of the run: told again it is the same (a new one).")
        private @Nullable String run;
    }

    @Command(
            description = "A check has passed for a commit.",
            footer = {"", "Example:", "  slipway check pass build"})
    int pass(@Mixin Subject subject) {
        return tell(Ended.PASSED, subject);
    }

    @Command(
            description = "A check has failed for a commit.",
            footer = {"", "Example:", "  slipway check fail build --sha 4f2c1d0"})
    int fail(@Mixin Subject subject) {
        return tell(Ended.FAILED, subject);
    }

    @Command(
            description = "A check was skipped for a commit: it is no matter where a policy asks for all checks.",
            footer = {"", "Example:", "  slipway check skip docs"})
    int skip(@Mixin Subject subject) {
        return tell(Ended.SKIPPED, subject);
    }

    @Command(
            description = "A check has begun for a commit: it is waited for where a policy asks for all checks.",
            footer = {"", "Example:", "  slipway check begin e2e --run 7"})
    int begin(@Mixin Subject subject) {
        return tell(Ended.BEGUN, subject);
    }

    private int tell(Ended how, Subject subject) {
        Workplace workplace = new Workplace(Path.of(""));
        String application = workplace.application(subject.application);
        Sha sha = workplace.sha(subject.sha);
        String run = subject.run == null ? UUID.randomUUID().toString() : subject.run;
        CheckEvent event = CheckEvent.of(
                application, sha, subject.name, how, run, context.clock().instant());
        Requests requests = new Requests(context.gateway());
        String token = context.access().token(Role.PUBLISHER);
        Patience.during(() -> requests.publish(event.id(), event.source(), event.type(), event.json(), token));
        String outcome = how.word();
        String text = how == Ended.SKIPPED ? "%s was %s for %s at %s" : "%s has %s for %s at %s";
        context.answer(
                new Told(subject.name, outcome, application, sha.value(), event.id()),
                List.of(text.formatted(subject.name, outcome, application, sha.brief())));
        return ExitCode.OK.code();
    }
}
