package dev.slipway.validation.assessment;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Drift;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Isolation;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.validation.evidence.Companions;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.rule.DriftRule;
import dev.slipway.validation.rule.IsolationRule;
import dev.slipway.validation.rule.QueryRule;
import dev.slipway.validation.rule.Reading;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What gates make of what they look at. Fails closed: what is not known is never a pass. */
final class Findings {
    private Findings() {}

    /** Before anything was looked at. Settled where there is nothing to wait for. */
    static Finding initial(Gate gate, List<String> kinds, Assess question) {
        return switch (Looking.of(gate)) {
            case EVIDENCE -> {
                if (!kinds.contains(gate.evidence())) {
                    yield Finding.unknowable("Nothing reads evidence of the kind %s; there is %s"
                            .formatted(gate.evidence(), String.join(", ", kinds)));
                }
                yield Rules.unusable(gate)
                        .map(Finding::unknowable)
                        .orElseGet(() -> Finding.unknown("", "Waits for a " + report(gate)));
            }
            case REQUIRED_CHECK -> Finding.unknown("", "Waits for the check " + Looking.requiredCheck(gate));
            case ALL_CHECKS -> Finding.unknown("", "Waits for checks");
            case MERGE, TAG, FILES -> Finding.unknown("", "Waits for Git");
            case HTTP ->
                question.address() != null
                        ? Finding.unknown("", "Waits for the version to answer")
                        : Finding.unknowable("There is no address to ask: the version does not run at this stage");
            case METRICS ->
                question.metrics() != null
                        ? Finding.unknown("", "Looks at the version's metrics")
                        : Finding.unknowable("Nobody knows where the version tells its metrics: it does not run at this"
                                + " stage, or its target names no metrics");
            case QUERIES -> Finding.unknown("", "Asks a server that collects metrics");
            case TRACKER -> tracker(gate);
            case ARRIVAL -> arrival(gate, question);
            case ISOLATED -> isolated(gate, question.isolation());
            case SETTINGS -> settings(gate, question.drift());
            case NOTHING_WE_KNOW -> Finding.unknowable("There is no check " + gate.check() + " here");
        };
    }

    /** No data is no pass, and what is not as it should be may still become so. */
    static Finding queried(Gate gate, List<Reading> readings) {
        String observed = QueryRule.observed(gate, readings);
        Finding finding = switch (QueryRule.judge(gate, readings)) {
            case Ruling.Holds _ -> Finding.passed(observed, "Every query was answered as it should be");
            case Ruling.Breaks(String why, boolean _) -> Finding.failing(observed, why);
            case Ruling.Unknown(String why) -> Finding.unknown(observed, why);
        };
        return finding.read(readings);
    }

    /** All that it looks at comes with the question, so that it is decided at once. */
    private static Finding isolated(Gate gate, @Nullable Isolation isolation) {
        if (isolation == null) {
            return Finding.unknowable("Nobody has told what both environments give their programs");
        }
        String observed = IsolationRule.observed(gate, isolation);
        return switch (IsolationRule.judge(gate, isolation)) {
            case Ruling.Holds(String remark) ->
                Finding.passed(
                        observed,
                        "Staging shares nothing with production" + (remark.isEmpty() ? "" : " but " + remark));
            case Ruling.Breaks(String why, boolean _) -> Finding.failed(observed, why);
            case Ruling.Unknown(String why) -> Finding.unknowable(observed, why);
        };
    }

    private static Finding settings(Gate gate, @Nullable Drift drift) {
        if (drift == null) {
            return Finding.unknowable("Nobody has told what both environments were given before");
        }
        String observed = DriftRule.observed(drift);
        return switch (DriftRule.judge(gate, drift)) {
            case Ruling.Holds(String remark) -> Finding.passed(observed, "It was compared: " + remark);
            case Ruling.Breaks(String why, boolean _) -> Finding.failed(observed, why);
            case Ruling.Unknown(String why) -> Finding.unknowable(observed, why);
        };
    }

    private static Finding tracker(Gate gate) {
        TrackerRule rule = Objects.requireNonNull(gate.tracker());
        return rule.server() == TrackerRule.Server.UNKNOWN
                ? Finding.unknowable("There is no such kind of tracker here")
                : Rules.unusable(gate)
                        .map(Finding::unknowable)
                        .orElseGet(() -> Finding.unknown("", "Asks for " + rule.where()));
    }

    private static Finding arrival(Gate gate, Assess question) {
        Arrival arrival = Objects.requireNonNull(gate.arrival());
        if (arrival.isUnfilled()) {
            return Finding.unknowable(
                    "Which digest it has to have is not known: the release has no artifact of the name in "
                            + (arrival.sha256() == null ? arrival.digest() : arrival.sha256()));
        }
        return arrival.get() != null && question.address() == null
                ? Finding.unknowable("There is no address to ask: nobody knows where production runs the version")
                : Finding.unknown("", "Looks for " + arrival.where());
    }

    /** Of a gate that compares with nothing. */
    static Finding evidence(Gate gate, Sha sha, List<SuiteFacts> all) {
        return evidence(gate, sha, all, null);
    }

    /** @param comparison with the last verified release, or null where the rule does not ask for one */
    static Finding evidence(Gate gate, Sha sha, List<SuiteFacts> all, @Nullable Comparison comparison) {
        return all.stream()
                .filter(one -> one.kind().equals(gate.evidence()) && Objects.equals(one.suite(), gate.suite()))
                .findFirst()
                .map(ours -> beside(ours, all))
                .map(ours -> ours.unreadable() == null
                        ? compared(gate, ours, comparison)
                        : unreadable(gate, ours, ours.unreadable()))
                .orElseGet(() -> Finding.unknown("", "No " + report(gate) + " for " + sha.brief() + " so far"));
    }

    /** Where nothing could be compared that is said, unless the rest of the rule is broken anyway. */
    private static Finding compared(Gate gate, SuiteFacts suite, @Nullable Comparison comparison) {
        if (comparison == null) {
            return ruled(gate, suite).from(suite);
        }
        Finding finding = ruled(gate, suite.saying(comparison.facts(), comparison.notes()));
        Finding told = finding.verdict() == GateVerdict.Verdict.INCONCLUSIVE
                        && !comparison.why().isEmpty()
                ? Finding.unknown(finding.observed(), comparison.why())
                : finding;
        return told.from(suite).against(comparison.before(), comparison.way());
    }

    /** With what reports of other kinds state about it, where they can be read. */
    private static SuiteFacts beside(SuiteFacts ours, List<SuiteFacts> all) {
        SuiteFacts sum = ours;
        for (SuiteFacts other : all) {
            if (Companions.of(ours.kind()).contains(other.kind())
                    && Objects.equals(ours.suite(), other.suite())
                    && other.unreadable() == null) {
                sum = sum.beside(other);
            }
        }
        return sum;
    }

    private static Finding ruled(Gate gate, SuiteFacts suite) {
        String observed = suite.facts().toString();
        return switch (Rules.judge(gate, suite.facts())) {
            case Ruling.Holds holds ->
                Finding.passing(
                        observed,
                        "The rule holds" + (holds.remark().isEmpty() ? "" : ": " + holds.remark()) + aside(suite));
            case Ruling.Breaks broken ->
                broken.mendable()
                        ? Finding.failing(observed, broken.why() + "; further reports may add to it" + aside(suite))
                        : Finding.failed(observed, broken.why() + aside(suite));
            case Ruling.Unknown unknown -> Finding.unknown(observed, unknown.why() + aside(suite));
        };
    }

    /** What is known of it may be enough to fail, such as the run's exit status; it is never enough to pass. */
    private static Finding unreadable(Gate gate, SuiteFacts suite, String why) {
        String cause = "The newest " + report(gate) + " cannot be read: " + why;
        return Rules.judge(gate, suite.facts()) instanceof Ruling.Breaks broken && !broken.mendable()
                ? Finding.failed(suite.facts().toString(), broken.why() + ". " + cause)
                        .from(suite)
                : Finding.unknown("", cause);
    }

    /** Which attempt counted, where there were several, and what reading it remarked. */
    private static String aside(SuiteFacts suite) {
        String older = suite.older() == 0
                ? ""
                : " (%s counts; %d earlier on record)"
                        .formatted(suite.run() == null ? "the newest report" : suite.run(), suite.older());
        return suite.notes().isEmpty() ? older : older + ". Remarked: " + String.join("; ", suite.notes());
    }

    static Finding merge(MergeAnswer answer) {
        return switch (answer) {
            case MergeAnswer.Clean clean ->
                Finding.passed(heads(clean.fromHead(), clean.toHead()), "It merges without conflict");
            case MergeAnswer.Conflicting conflicting -> conflicting(conflicting);
            case MergeAnswer.Refused refused -> Finding.failed("", refused.why());
            case MergeAnswer.Missing missing -> Finding.unknown("", missing.why());
            case MergeAnswer.Unreachable unreachable -> Finding.unknown("", unreachable.why());
        };
    }

    private static Finding conflicting(MergeAnswer.Conflicting conflicting) {
        String paths = String.join(", ", conflicting.paths());
        String observed = heads(conflicting.fromHead(), conflicting.toHead()) + ", conflicts in " + paths;
        if (conflicting.conflicts().isEmpty()) {
            return Finding.failed(
                    observed,
                    "Conflicts in " + paths + ". Merge the target branch, and release the commit that results");
        }
        return Finding.failed(
                observed,
                "%s%s. Resolve it: %s; then release the commit that results"
                        .formatted(
                                String.join(". ", conflicting.conflicts()),
                                conflicting.more() == 0 ? "" : ", and %d more".formatted(conflicting.more()),
                                String.join("; ", conflicting.commands())));
    }

    private static String heads(String from, String to) {
        return "from " + from + ", to " + to;
    }

    /** @param passed what is said if all is well */
    static Finding probes(String passed, List<ProbeAnswer> answers) {
        String observed = answers.stream().map(ProbeAnswer::observed).collect(Collectors.joining("; "));
        String wrong = "";
        String unexpected = "";
        String unknown = answers.isEmpty() ? "Nothing was asked" : "";
        for (ProbeAnswer answer : answers) {
            switch (answer) {
                case ProbeAnswer.AsExpected _ -> {
                    // nothing to say about it
                }
                case ProbeAnswer.Wrong(String _, String why) -> wrong = wrong.isEmpty() ? why : wrong;
                case ProbeAnswer.Unexpected(String _, String why) ->
                    unexpected = unexpected.isEmpty() ? why : unexpected;
                case ProbeAnswer.Unanswered(String _, String why) -> unknown = unknown.isEmpty() ? why : unknown;
            }
        }
        if (!wrong.isEmpty()) {
            return Finding.failed(observed, wrong);
        }
        if (!unexpected.isEmpty()) {
            return Finding.failing(observed, unexpected);
        }
        return unknown.isEmpty() ? Finding.passed(observed, passed) : Finding.unknown(observed, unknown);
    }

    private static String report(Gate gate) {
        return gate.suite() == null
                ? gate.evidence() + " report"
                : gate.evidence() + " report of the suite " + gate.suite();
    }
}
