package dev.slipway.validation.retention;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.validation.EvidenceForgotten;
import dev.slipway.contracts.validation.ForgetEvidence;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.validation.retention.Forgetting.Input;
import java.time.Instant;

/**
 * A release needs its reports no longer: that is done once, by a worker, and answered the same for good.
 *
 * <p>Every (state, input) pair, as a test holds it against the code:
 *
 * <pre>
 * UNHEARD
 *   Asked → noted, task forget-evidence
 *   Done → nothing
 * BEING DONE
 *   Done → noted, says evidence.forgotten
 *   Asked → nothing
 * DONE
 *   Asked → says evidence.forgotten
 *   Done → nothing
 * </pre>
 */
public final class ForgettingCore implements Core<Forgetting, Input> {
    /** Kind of the task that does it; its body is the question. */
    public static final String TASK = "forget-evidence";

    private static final String SLOT = "forgotten";

    @Override
    public Forgetting initial(String id) {
        return new Forgetting(id, null, null);
    }

    @Override
    public boolean finished(Forgetting state) {
        return state.answer() != null;
    }

    @Override
    public Decision<Forgetting> decide(Forgetting state, Input input, Instant now) {
        return switch (input) {
            case Input.Asked asked -> asked(state, asked.question());
            case Input.Done done ->
                state.asked() == null || state.answer() != null
                        ? Decision.stay(state)
                        : Decision.move(
                                        new Forgetting(state.release(), state.asked(), done.outcome()),
                                        told(done.outcome()))
                                .because("its %d reports are kept for others alone"
                                        .formatted(done.outcome().reports()));
        };
    }

    private static Decision<Forgetting> asked(Forgetting state, ForgetEvidence question) {
        EvidenceForgotten answer = state.answer();
        if (answer != null) {
            return Decision.move(state, told(answer));
        }
        return state.asked() != null
                ? Decision.stay(state)
                : Decision.move(
                                new Forgetting(state.release(), question, null),
                                new Effect.StartTask(TASK, TASK, question))
                        .because("its reports go by retention (%s)".formatted(question.rule()));
    }

    private static Effect told(EvidenceForgotten answer) {
        String release = answer.question().release().value();
        return Effect.send(Message.status(
                Topics.VALIDATION_RESULTS, release, ValidationTypes.EVIDENCE_FORGOTTEN, answer, release, SLOT));
    }
}
