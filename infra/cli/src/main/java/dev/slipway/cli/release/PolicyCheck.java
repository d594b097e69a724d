package dev.slipway.cli.release;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.policy.Finding;
import dev.slipway.release.policy.PolicyNotes;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a policy file, found without asking anyone: with the reader that release-service reads with.
 *
 * @param hash of the policy as it will be applied, with an absolute repository
 * @param hints what is legal, yet will hardly be meant
 */
public record PolicyCheck(Policy policy, String hash, List<String> hints) {
    private static final int BYTES_MAX = 1 << 20;
    private static final String EXIT = "run.exit";

    public PolicyCheck {
        hints = List.copyOf(hints);
    }

    /**
     * Reads the file as it stands, so that lines and columns are those that an editor shows.
     *
     * @throws CommandFailed with a line {@code FILE:LINE:COLUMN: what is wrong} for each finding
     */
    public static PolicyCheck of(Path file) {
        return of(file, PolicyFile.text(file));
    }

    /** The same for what is to stand in the file. */
    public static PolicyCheck of(Path file, String text) {
        PolicyReader reader = new PolicyReader(BYTES_MAX);
        if (reader.read(text.getBytes(StandardCharsets.UTF_8)) instanceof PolicyReading.Refused refused) {
            throw refused(file, refused.findings());
        }
        byte[] applied = PolicyFile.of(text, PolicyFile.folder(file)).yaml().getBytes(StandardCharsets.UTF_8);
        return switch (reader.read(applied)) {
            case PolicyReading.Refused refused -> throw refused(file, refused.findings());
            case PolicyReading.Accepted accepted ->
                new PolicyCheck(accepted.policy(), accepted.hash(), hints(accepted.policy()));
        };
    }

    private static List<String> hints(Policy policy) {
        List<String> hints = new ArrayList<>();
        String repository = policy.source().repository();
        if (!repository.startsWith("file:")) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "source.repository must be a file: address of a clone on this machine so far, is " + repository);
        }
        branches(policy.source(), hints);
        if (policy.gates().isEmpty() && policy.checks().isEmpty()) {
            hints.add("without gates and checks everything is let through");
        }
        hints.addAll(HoldHints.of(policy.environments().production()));
        hints.addAll(PolicyNotes.of(policy, Instant.now()));
        policy.gates().stream()
                .filter(gate -> "junit".equals(gate.evidence()) && !asksFor(gate, EXIT))
                .forEach(gate -> hints.add(
                        "gate %s goes by a report alone, which does not tell whether its run succeeded: add %s: 0"
                                .formatted(gate.id(), EXIT)));
        return hints;
    }

    private static boolean asksFor(Gate gate, String fact) {
        return gate.rule().stream().anyMatch(threshold -> threshold.fact().equals(fact))
                || (gate.cel() != null && gate.cel().contains(fact));
    }

    /** What a release would only find out on its way. */
    private static void branches(Policy.Source source, List<String> hints) {
        Path folder = folder(source.repository());
        @Nullable File git = RepositoryCache.FileKey.resolve(folder.toFile(), FS.DETECTED);
        if (git == null) {
            hints.add("there is no Git repository at %s yet: git init".formatted(folder));
            return;
        }
        try (Repository repository =
                new FileRepositoryBuilder().setGitDir(git).setMustExist(true).build()) {
            if (repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).stream()
                    .noneMatch(ref -> source.takes(ref.getName().substring(Constants.R_HEADS.length())))) {
                hints.add("branch %s has no commit yet: releases are made of it".formatted(source.branches()));
            } else if (repository.exactRef(Constants.R_HEADS + source.to()) == null) {
                hints.add("branch %s is not there yet, releases are merged into it: git branch %s"
                        .formatted(source.to(), source.to()));
            }
        } catch (IOException unreadable) {
            hints.add("the Git repository at %s cannot be read: %s".formatted(folder, unreadable.getMessage()));
        }
    }

    private static Path folder(String repository) {
        try {
            return Path.of(java.net.URI.create(repository));
        } catch (IllegalArgumentException plain) {
            return Path.of(repository.substring("file:".length()));
        }
    }

    private static CommandFailed refused(Path file, List<Finding> findings) {
        List<String> lines = findings.stream()
                .map(finding -> "%s:%d:%d: %s"
                        .formatted(
                                file,
                                finding.line(),
                                finding.column(),
                                finding.path().isEmpty()
                                        ? finding.message()
                                        : finding.path() + " " + finding.message()))
                .toList();
        return new CommandFailed(ExitCode.USAGE, String.join(System.lineSeparator(), lines));
    }
}
