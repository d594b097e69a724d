package dev.slipway.validation.assessment;

import static dev.slipway.validation.assessment.Asking.NOW;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.contracts.policy.TrackerRule.Server;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Effect.StartTask;
import dev.slipway.validation.assessment.AssessmentInput.TrackerAsked;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A tracker is asked as its gate is, and again as often as the gate says while it does not pass. */
final class TrackerGateTest {
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final Gate BUGS = Gate.of(
            "bugs",
            "",
            Stage.PRE_RELEASE,
            null,
            new TrackerRule(Server.GITLAB, "acme/shop", null, "1.4.0", List.of(), List.of(), List.of(), EVERY),
            List.of(new Threshold(TrackerRule.OPEN, "0")),
            Asking.WITHIN);

    private static TrackerAsked answer(Verdict verdict) {
        return new TrackerAsked(0, new Finding(verdict, false, "", "why", List.of()));
    }

    @Test
    void it_is_asked_at_once_and_again_after_a_pause_of_its_own() {
        StartTask task = new StartTask(
                "gate-0",
                Assessment.TRACKER_TASK,
                new TrackerCheck.Asking(0, new ApplicationName("hello"), Asking.SHA, BUGS));

        Asking.asked(BUGS)
                .effectsInclude(task)
                .when(answer(Verdict.FAILED), NOW)
                .effectsInclude(Effect.startTimer(Assessment.RETRY + 0, NOW.plus(EVERY)))
                .when(new AssessmentInput.RetryDue(0), NOW.plus(EVERY))
                .effectsInclude(task)
                .when(answer(Verdict.INCONCLUSIVE), NOW.plus(EVERY))
                .effectsInclude(
                        Effect.startTimer(Assessment.RETRY + 0, NOW.plus(EVERY).plus(EVERY)));
    }
}
