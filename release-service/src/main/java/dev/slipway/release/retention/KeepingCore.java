package dev.slipway.release.retention;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.validation.ForgetEvidence;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.retention.Keeping.Going;
import dev.slipway.release.retention.Keeping.Held;
import dev.slipway.release.retention.KeepingInput.AskAgain;
import dev.slipway.release.retention.KeepingInput.EvidenceDue;
import dev.slipway.release.retention.KeepingInput.EvidenceWent;
import dev.slipway.release.retention.KeepingInput.Hold;
import dev.slipway.release.retention.KeepingInput.Lift;
import dev.slipway.release.retention.KeepingInput.RecordsDue;
import dev.slipway.release.retention.KeepingInput.RecordsWent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The story of what is kept of a release: its reports go first, then its record, each by a rule and never while somebody holds
 * it. A hold and what goes meet here, one after the other, so nothing goes that was held before.
 *
 * <p>Every (state, input) pair, as a test holds it against the code:
 *
 * <pre>
 * KEPT
 *   Lift → refused not-held
 *   EvidenceDue → noted, says evidence.forget, timer repeat
 *   Hold → noted
 *   EvidenceWent | AskAgain | RecordsDue | RecordsWent → nothing
 * HELD
 *   Hold → refused held-before
 *   Lift → noted
 *   EvidenceDue | EvidenceWent | AskAgain | RecordsDue | RecordsWent → nothing
 * EVIDENCE GOING
 *   Lift → refused not-held
 *   AskAgain → says evidence.forget, timer repeat
 *   Hold | EvidenceWent → noted
 *   EvidenceDue | RecordsDue | RecordsWent → nothing
 * EVIDENCE GONE
 *   Lift → refused not-held
 *   RecordsDue → noted, task forget
 *   Hold → noted
 *   EvidenceDue | EvidenceWent | AskAgain | RecordsWent → nothing
 * EVIDENCE GONE, held
 *   Hold → refused held-before
 *   Lift → noted
 *   EvidenceDue | EvidenceWent | AskAgain | RecordsDue | RecordsWent → nothing
 * RECORDS GOING
 *   Hold → refused records-gone
 *   Lift → refused not-held
 *   RecordsWent → noted
 *   EvidenceDue | EvidenceWent | AskAgain | RecordsDue → nothing
 * RECORDS GONE
 *   Hold → refused records-gone
 *   Lift → refused not-held
 *   EvidenceDue | EvidenceWent | AskAgain | RecordsDue | RecordsWent → nothing
 * </pre>
 */
public final class KeepingCore implements Core<Keeping, KeepingInput> {
    /** Timer of the question that is open. */
    public static final String REPEAT = "repeat";

    /** Kind of the task that deletes a release's record. */
    public static final String FORGET = "forget";

    private static final String STEP = "retention";

    private final Duration askEvery;

    /** @param askEvery pause before an unanswered question is asked again */
    public KeepingCore(Duration askEvery) {
        this.askEvery = askEvery;
    }

    /** Which release's record is to be deleted. */
    public record Forget(String release) {}

    @Override
    public Keeping initial(String id) {
        return Keeping.of(id);
    }

    /** What is left of a release whose record is gone is told for good. */
    @Override
    public boolean finished(Keeping state) {
        return state.records() != null && state.records().gone() != null;
    }

    @Override
    public Decision<Keeping> decide(Keeping state, KeepingInput input, Instant now) {
        return switch (input) {
            case Hold hold -> hold(state, hold, now);
            case Lift lift -> lift(state, lift);
            case EvidenceDue due -> evidenceDue(state, due, now);
            case EvidenceWent went -> evidenceWent(state, went);
            case AskAgain _ -> asks(state) ? Decision.move(state, ask(state), again(now)) : Decision.stay(state);
            case RecordsDue due -> recordsDue(state, due, now);
            case RecordsWent _ -> recordsWent(state, now);
        };
    }

    private static Decision<Keeping> hold(Keeping state, Hold hold, Instant now) {
        if (asked(state, hold.key())) {
            return Decision.stay(state);
        }
        if (state.records() != null) {
            return Decision.refuse(
                    state,
                    new Refusal(
                            "records-gone",
                            "The record of %s is gone by retention (%s); there is nothing left to hold."
                                    .formatted(state.release(), state.records().rule())));
        }
        Held held = state.hold();
        if (held != null) {
            return Decision.refuse(
                    state,
                    new Refusal(
                            "held-before",
                            "%s has held %s since %s: %s. That holds until it is lifted: ./slipway evidence lift %s --reason WHY"
                                    .formatted(held.by(), state.release(), held.at(), held.reason(), state.release())));
        }
        return Decision.move(state.held(new Held(hold.by(), hold.reason(), now), hold.key()))
                .because("held by %s: %s".formatted(hold.by(), hold.reason()));
    }

    private static Decision<Keeping> lift(Keeping state, Lift lift) {
        if (asked(state, lift.key())) {
            return Decision.stay(state);
        }
        if (state.hold() == null) {
            return Decision.refuse(state, new Refusal("not-held", "Nobody holds %s.".formatted(state.release())));
        }
        return Decision.move(state.held(null, lift.key()))
                .because("hold lifted by %s: %s".formatted(lift.by(), lift.reason()));
    }

    private static boolean asked(Keeping state, @Nullable String key) {
        return key != null && state.requests().contains(key);
    }

    private Decision<Keeping> evidenceDue(Keeping state, EvidenceDue due, Instant now) {
        if (state.hold() != null || state.evidence() != null) {
            return Decision.stay(state);
        }
        Keeping going = state.evidence(new Going(due.rule(), now, null, 0, null));
        return Decision.move(going, ask(going), again(now))
                .because("its reports go by retention (%s)".formatted(due.rule()));
    }

    private static Decision<Keeping> evidenceWent(Keeping state, EvidenceWent went) {
        Going going = state.evidence();
        return going == null || going.gone() != null
                ? Decision.stay(state)
                : Decision.move(state.evidence(going.over(went.at(), went.reports())), Effect.stopTimer(REPEAT))
                        .because("%d reports are kept for it no longer".formatted(went.reports()));
    }

    private static boolean asks(Keeping state) {
        return state.evidence() != null && state.evidence().gone() == null;
    }

    private static Effect ask(Keeping state) {
        ReleaseId release = new ReleaseId(state.release());
        String rule = state.evidence() == null ? "" : state.evidence().rule();
        return Effect.send(Message.question(
                Topics.VALIDATION_COMMANDS,
                release.value(),
                ValidationTypes.FORGET_EVIDENCE,
                new ForgetEvidence(new QuestionKey(release, STEP, 1), rule),
                release.value()));
    }

    private Effect again(Instant now) {
        return Effect.startTimer(REPEAT, now.plus(askEvery));
    }

    private static Decision<Keeping> recordsDue(Keeping state, RecordsDue due, Instant now) {
        if (state.hold() != null || state.records() != null || !state.evidenceGone()) {
            return Decision.stay(state);
        }
        Keeping going = state.records(new Going(due.rule(), now, null, due.records(), due.end()));
        return Decision.move(going, new Effect.StartTask(FORGET, FORGET, new Forget(state.release())))
                .because("its record goes by retention (%s)".formatted(due.rule()));
    }

    private static Decision<Keeping> recordsWent(Keeping state, Instant now) {
        Going going = state.records();
        return going == null || going.gone() != null
                ? Decision.stay(state)
                : Decision.move(state.records(going.over(now, going.pieces()))).because("its record is gone");
    }
}
