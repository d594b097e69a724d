package dev.slipway.cli.release;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.policy.EvidenceKinds;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.git.Answers.Placed;
import dev.slipway.git.Git;
import dev.slipway.git.GitMissing;
import dev.slipway.git.GitOptions;
import dev.slipway.git.GitProgram;
import dev.slipway.git.GitTrouble;
import dev.slipway.git.Places;
import dev.slipway.release.policy.Finding;
import dev.slipway.release.policy.PolicyNotes;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is wrong with a policy file, found without asking anyone: with the reader that release-service reads with.
 *
 * @param hash of the policy as it will be applied, with an absolute repository
 * @param hints what is legal, yet will hardly be meant
 */
public record PolicyCheck(Policy policy, String hash, List<String> hints) {
    private static final int BYTES_MAX = 1 << 20;
    private static final String EXIT = "run.exit";
    private static final String TROUBLE = "tool.errors";
    /** Whose gates go by a run that succeeded; a scanner's may end with an error because it found something. */
    private static final Set<String> TESTS = Set.of("junit", "open-test-report", "trx", "nunit", "xunit");
    /** Of coverage, in formats that have no end. */
    private static final Set<String> ENDLESS = Set.of("lcov", "go-cover");
    /** Only the branches are asked for. */
    private static final String NO_REVISION = "0".repeat(40);
    /** Where a repository may be is the service's business; that it is an address is everybody's. */
    private static final Places ANYWHERE = new Places(List.of("/"), List.of("*"));

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
        ANYWHERE.refusal(repository).ifPresent(refusal -> {
            throw new CommandFailed(ExitCode.USAGE, "source.repository: " + refusal);
        });
        if (repository.startsWith("file:")) {
            branches(policy.source(), hints);
        }
        if (policy.gates().isEmpty() && policy.checks().isEmpty()) {
            hints.add("without gates and checks everything is let through");
        }
        hints.addAll(HoldHints.of(policy.environments().production()));
        hints.addAll(PolicyNotes.of(policy, Instant.now()));
        policy.gates().stream()
                .filter(gate -> TESTS.contains(String.valueOf(gate.evidence())) && !asksFor(gate, EXIT))
                .forEach(gate -> hints.add(
                        "gate %s goes by a report alone, which does not tell whether its run succeeded: add %s: 0"
                                .formatted(gate.id(), EXIT)));
        policy.gates().stream()
                .filter(gate -> ENDLESS.contains(String.valueOf(gate.evidence())) && !asksFor(gate, EXIT))
                .forEach(gate -> hints.add(
                        "gate %s goes by a report whose format has no end: one that was cut off is read as whole, and its share may rise; add %s: 0"
                                .formatted(gate.id(), EXIT)));
        policy.gates().stream()
                .filter(PolicyCheck::isContentWithoutTests)
                .forEach(
                        gate -> hints.add("gate %s lets a run pass in which no test was run: add tests.passed: \">= 1\""
                                .formatted(gate.id())));
        policy.gates().stream()
                .filter(gate -> EvidenceKinds.shipped()
                        .of(String.valueOf(gate.evidence()))
                        .filter(names -> names.units().containsKey(TROUBLE))
                        .isPresent())
                .filter(gate -> !asksFor(gate, TROUBLE))
                .forEach(gate -> hints.add(
                        "gate %s does not ask whether the tool itself had trouble, which such reports tell: add %s: 0"
                                .formatted(gate.id(), TROUBLE)));
        return hints;
    }

    /** It asks that none failed, and not that there were any. */
    private static boolean isContentWithoutTests(Gate gate) {
        return TESTS.contains(String.valueOf(gate.evidence()))
                && asksFor(gate, "tests.failed")
                && !asksFor(gate, "tests.passed")
                && !asksFor(gate, "tests.total");
    }

    private static boolean asksFor(Gate gate, String fact) {
        return gate.rule().stream().anyMatch(threshold -> threshold.fact().equals(fact))
                || (gate.cel() != null && gate.cel().contains(fact));
    }

    /** What a release would only find out on its way. */
    private static void branches(Policy.Source source, List<String> hints) {
        try (Git git = new Git(GitProgram.find(), GitOptions.ofThisUser())) {
            Placed placed =
                    git.place(source.repository(), name -> source.takes(name) || name.equals(source.to()), NO_REVISION);
            switch (placed) {
                case Placed.Refused(String why) ->
                    hints.add(
                            why.startsWith("There is no Git repository")
                                    ? "there is no Git repository at %s yet: git init".formatted(source.repository())
                                    : why);
                case Placed.Found(var heads, var _) -> {
                    if (heads.keySet().stream().noneMatch(source::takes)) {
                        hints.add(
                                "branch %s has no commit yet: releases are made of it; commit first, then git branch %s"
                                        .formatted(source.branches(), source.to()));
                    } else if (!heads.containsKey(source.to())) {
                        hints.add("branch %s is not there yet, releases are merged into it: git branch %s"
                                .formatted(source.to(), source.to()));
                    }
                }
            }
        } catch (GitMissing | GitTrouble unreadable) {
            hints.add("the Git repository cannot be looked at: " + unreadable.getMessage());
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
