package dev.slipway.cli;

import dev.slipway.cli.ci.ArtifactFile;
import dev.slipway.cli.ci.Workplace;
import dev.slipway.cli.gateway.GatewayClient;
import dev.slipway.cli.gateway.Requests;
import dev.slipway.cli.gateway.Role;
import dev.slipway.cli.release.ReleaseText;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Patience;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.release.ReleaseView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code ./slipway release create} takes, and what it does with it. */
final class ReleaseProposal {
    @Option(
            names = "--artifact",
            arity = "1..*",
            paramLabel = "[NAME=]FILE",
            description = "What is released; it must stay as it is until it runs. Several lie side by side.")
    private List<String> files = List.of();

    private static final int HOTFIX_CHARACTERS_MAX = 500;
    private static final int FORWARD_ONLY_CHARACTERS_MAX = 500;

    @Option(names = "--application", paramLabel = "APP", description = "(The one that slipway.yaml is for.)")
    private @Nullable String application;

    @Option(names = "--sha", paramLabel = "REVISION", description = "Commit, branch or tag (HEAD).")
    private @Nullable String sha;

    @Option(names = "--fixes", paramLabel = "ID", description = "The release that needs an operator and this repairs.")
    private @Nullable String fixes;

    @Option(
            names = "--hotfix",
            paramLabel = "WHY",
            description = "Goes below the highest version that production had; an operator says why.")
    private @Nullable String hotfix;

    @Option(
            names = "--owner",
            paramLabel = "ROLE|EMAIL",
            description = "Who answers for it, a role of contacts or the email of one (whom the policy names).")
    private @Nullable String owner;

    @Option(
            names = "--day",
            paramLabel = "DATE",
            description = "The release day, such as 2026-12-01, from which duties with a time are counted.")
    private @Nullable LocalDate day;

    @Option(
            names = "--forward-only",
            paramLabel = "REASON",
            description = {
                "It cannot be undone, as after a migration: production is held and people are asked where another",
                "release goes back by itself. The policy says who is asked, and who may say this."
            })
    private @Nullable String forwardOnly;

    @Option(
            names = "--config-only",
            description = {
                "What production runs, with the configuration of the policy and the secrets as they are now:",
                "without VERSION and --artifact. It is a release like others, but merges and tags nothing."
            })
    private boolean configOnly;

    @Option(names = "--watch", description = "Follow it to its end; exits with 0 if it completes.")
    private boolean watch;

    @Option(names = "--within", defaultValue = "24h", description = "How long at most (${DEFAULT-VALUE}).")
    private Duration within = Duration.ofHours(24);

    int propose(CommandContext context, @Nullable String version) {
        Workplace workplace = new Workplace(Path.of(""));
        if (configOnly) {
            requireAlone(version);
            return configure(context, workplace.application(application));
        }
        if (version == null || files.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "missing: %s; ./slipway release create 1.0.0 --artifact FILE releases artifacts, ./slipway release create --config-only the configuration alone"
                            .formatted(version == null ? "VERSION" : "--artifact FILE"));
        }
        if (sha == null) {
            requireCommitted(workplace);
        }
        Proposal proposal = new Proposal(
                new ApplicationName(workplace.application(application)),
                version,
                workplace.sha(sha),
                files.stream().map(ArtifactFile::named).toList(),
                fixes,
                hotfix == null ? null : Texts.oneLine(hotfix, HOTFIX_CHARACTERS_MAX),
                owner,
                day,
                forwardOnly == null ? null : Texts.oneLine(forwardOnly, FORWARD_ONLY_CHARACTERS_MAX));
        Role role = proposal.isForOperators() ? Role.OPERATOR : Role.PUBLISHER;
        GatewayClient gateway = context.gateway();
        String key = Requests.anyKey();
        Requests.Created created = Patience.with(() ->
                new Requests(gateway).propose(proposal, key, context.access().token(role)));
        List<String> lines = new ArrayList<>();
        lines.add("release    %s of %s".formatted(created.id(), proposal.sha().brief()));
        for (Artifact artifact : proposal.artifacts()) {
            String called = proposal.artifacts().size() == 1 ? "" : " as " + artifact.called();
            lines.add("artifact   %s %s%s".formatted(artifact.digest(), artifact.uri(), called));
        }
        lines.add("location   %s".formatted(gateway.url().resolve(created.location())));
        if (created.id().contains("~")) { // another attempt, or refused: not what the version alone says
            lines.add("note       " + created.text());
        }
        return followed(context, gateway, created, lines);
    }

    /** What is released is what production runs: nothing else can be said of it. */
    private void requireAlone(@Nullable String version) {
        List<String> others = new ArrayList<>();
        if (version != null) {
            others.add("VERSION");
        }
        if (!files.isEmpty()) {
            others.add("--artifact");
        }
        if (sha != null) {
            others.add("--sha");
        }
        if (fixes != null) {
            others.add("--fixes");
        }
        if (hotfix != null) {
            others.add("--hotfix");
        }
        if (owner != null) {
            others.add("--owner");
        }
        if (day != null) {
            others.add("--day");
        }
        if (forwardOnly != null) {
            others.add("--forward-only");
        }
        if (!others.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "--config-only takes version, commit and artifacts of what production runs: leave out "
                            + String.join(", ", others));
        }
    }

    private int configure(CommandContext context, String name) {
        List<String> lines = new ArrayList<>();
        Requests.Created created = configuration(context, name, lines);
        return followed(context, context.gateway(), created, lines);
    }

    /** Proposes what production runs, with the configuration as it is now. */
    static Requests.Created configuration(CommandContext context, String name, List<String> lines) {
        GatewayClient gateway = context.gateway();
        String key = Requests.anyKey();
        Requests.Created created = Patience.with(() -> new Requests(gateway)
                .configure(
                        new ApplicationName(name).value(), key, context.access().token(Role.PUBLISHER)));
        lines.add("release    %s, of the configuration alone".formatted(created.id()));
        gateway.findRelease(created.id(), context.access().token(Role.VIEWER))
                .ifPresent(found -> lines.addAll(ReleaseText.changes(found)));
        lines.add("location   %s".formatted(gateway.url().resolve(created.location())));
        return created;
    }

    private int followed(CommandContext context, GatewayClient gateway, Requests.Created created, List<String> lines) {
        if (watch) {
            lines.forEach(context.shell()::say);
            return Following.toItsEnd(context, created.id(), within);
        }
        Optional<ReleaseView> release =
                gateway.findRelease(created.id(), context.access().token(Role.VIEWER));
        release.ifPresent(found -> lines.addAll(new ReleaseText(context.zone()).head(found)));
        context.answer(created, lines);
        return release.filter(found -> found.state().terminal()).isPresent()
                ? ExitCode.FAILED.code()
                : ExitCode.OK.code();
    }

    /** People approve the commit: what is released must be what it says. */
    private void requireCommitted(Workplace workplace) {
        List<Path> changed =
                workplace.uncommitted(files.stream().map(ArtifactFile::path).toList());
        if (!changed.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "%s is not what the last commit says: commit it first, or say --sha HEAD to release it all the same"
                            .formatted(changed.getFirst()));
        }
    }
}
