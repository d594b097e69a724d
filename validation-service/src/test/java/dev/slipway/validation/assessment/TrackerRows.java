package dev.slipway.validation.assessment;

import static dev.slipway.validation.assessment.GateOutcomesTest.row;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.contracts.policy.TrackerRule.Server;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.assessment.AssessmentInput.RevisionSeen;
import dev.slipway.validation.assessment.AssessmentInput.TrackerAsked;
import dev.slipway.validation.assessment.GateOutcomesTest.Row;
import dev.slipway.validation.revision.Check;
import java.util.List;

/** Rows of gates that ask a tracker, and of those over all checks. */
final class TrackerRows {
    private TrackerRows() {}

    private static TrackerAsked asked(Verdict verdict, boolean settled) {
        return new TrackerAsked(0, new Finding(verdict, settled, "", "why", List.of()));
    }

    static List<Row> trackers() {
        Gate gate = Gate.of(
                "bugs",
                "",
                Stage.PRE_RELEASE,
                null,
                new TrackerRule(
                        Server.GITHUB,
                        "acme/shop",
                        null,
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        TrackerRule.EVERY_DEFAULT),
                List.of(new Threshold(TrackerRule.OPEN, "0")),
                Asking.WITHIN);
        return List.of(
                row("none is open", gate, Verdict.PASSED, "why", asked(Verdict.PASSED, true)),
                row("one stays open", gate, Verdict.FAILED, "why", asked(Verdict.FAILED, false)),
                row(
                        "closed in time",
                        gate,
                        Verdict.PASSED,
                        "why",
                        asked(Verdict.FAILED, false),
                        asked(Verdict.PASSED, true)),
                row("nobody knows", gate, Verdict.INCONCLUSIVE, "why", asked(Verdict.INCONCLUSIVE, false)),
                row("late", gate, Verdict.INCONCLUSIVE, "Asks for issues of acme/shop")
                        .late(asked(Verdict.PASSED, true)));
    }

    static List<Row> allChecks() {
        Gate gate = Asking.gate("checks", null, List.of(), Gate.ALL_CHECKS, List.of());
        Check running = new Check("e2e", false, "begun", null, null, Asking.NOW, "cy", Check.Standing.PENDING);
        return List.of(
                row("all passed", gate, Verdict.PASSED, "Every check", Asking.checks(1, "build", true)),
                row("one failed", gate, Verdict.FAILED, "1 check failed: build", Asking.checks(1, "build", false)),
                row("none", gate, Verdict.INCONCLUSIVE, "0 checks succeeded", Asking.seen(5)),
                row(
                        "one still runs",
                        gate,
                        Verdict.INCONCLUSIVE,
                        "Waits for checks that still run: e2e",
                        new RevisionSeen(Asking.REVISION, 1, List.of(), List.of(running))));
    }
}
