package dev.slipway.validation.assessment;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.revision.Check;
import java.util.List;
import java.util.stream.Collectors;

/** What gates make of the checks of a revision: of one by its name, or of all that have reported. */
final class CheckFindings {
    private static final int NAMED_MAX = 10;

    private CheckFindings() {}

    /** @param all of each check the latest run that has ended, and one that has not, where there is one */
    static Finding of(Gate gate, Sha sha, List<Check> all) {
        return Looking.of(gate) == Looking.ALL_CHECKS ? every(gate, sha, all) : required(gate, sha, all);
    }

    /** One that is repeated stands as it ended last, until it has ended again. */
    private static Finding required(Gate gate, Sha sha, List<Check> all) {
        String name = Looking.requiredCheck(gate);
        return all.stream()
                .filter(check -> check.name().equals(name) && !check.isPending())
                .findFirst()
                .map(check -> check.succeeded()
                        ? Finding.passing(name + " succeeded", "The check succeeded for " + sha.brief())
                        : Finding.failing(
                                name + " failed", "The check " + name + " failed; a repeated run may succeed"))
                .orElseGet(() -> Finding.unknown("", "No check " + name + " for " + sha.brief() + " so far"));
    }

    /**
     * Each that has ended has succeeded, or was skipped; none still runs; and as many have succeeded as are wanted, as what was
     * skipped has shown nothing.
     */
    private static Finding every(Gate gate, Sha sha, List<Check> all) {
        List<String> pending = names(all.stream().filter(Check::isPending).toList());
        List<Check> ended = all.stream().filter(check -> !check.isPending()).toList();
        List<String> passed = names(ended.stream().filter(Check::succeeded).toList());
        List<String> neutral = names(ended.stream().filter(Check::isNeutral).toList());
        List<String> failed = names(ended.stream()
                .filter(check -> !check.succeeded() && !check.isNeutral())
                .toList());
        String observed = "%d succeeded, %d failed, %d skipped, %d running"
                .formatted(passed.size(), failed.size(), neutral.size(), pending.size());
        if (!failed.isEmpty()) {
            return Finding.failing(
                    observed,
                    "%s failed: %s; a repeated run may succeed"
                            .formatted(Texts.counted(failed.size(), "check", "checks"), some(failed)));
        }
        if (!pending.isEmpty()) {
            return Finding.unknown(observed, "Waits for checks that still run: " + some(pending));
        }
        if (passed.size() < gate.checksAtLeast()) {
            String skipped = neutral.isEmpty() ? "" : "; skipped, which shows nothing: " + some(neutral);
            return Finding.unknown(
                    observed,
                    "%s succeeded for %s so far, and %d at least are wanted%s"
                            .formatted(
                                    Texts.counted(passed.size(), "check", "checks"),
                                    sha.brief(),
                                    gate.checksAtLeast(),
                                    skipped));
        }
        return Finding.passing(
                observed,
                "Every check that has reported for %s has passed: %s%s"
                        .formatted(sha.brief(), some(passed), neutral.isEmpty() ? "" : "; skipped: " + some(neutral)));
    }

    private static List<String> names(List<Check> checks) {
        return checks.stream().map(Check::name).distinct().sorted().toList();
    }

    private static String some(List<String> names) {
        String shown = names.stream().limit(NAMED_MAX).collect(Collectors.joining(", "));
        return names.size() <= NAMED_MAX ? shown : "%s and %d more".formatted(shown, names.size() - NAMED_MAX);
    }
}
