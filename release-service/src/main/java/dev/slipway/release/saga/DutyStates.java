package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.release.saga.GuideStates.Standing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a release is in what it asks of people, for whoever reads it; nothing here is a decision. */
public final class DutyStates {
    private final Dossier d;

    DutyStates(Dossier d) {
        this.d = d;
    }

    /** Every duty of its policy, in the order of the policy. */
    public static List<DutyView> of(Dossier d) {
        Policy policy = d.release().policy();
        DutyStates states = new DutyStates(d);
        return policy == null
                ? List.of()
                : policy.duties().stream().map(states::view).toList();
    }

    private DutyView view(Duty duty) {
        Standing standing = standing(duty);
        boolean leftOut = d.isRollback() || LeftOut.why(d, duty).isPresent();
        List<DutyView.Answer> answers =
                Duties.answers(d, duty).stream().map(DutyAnswer::said).toList();
        return new DutyView(
                duty.id(),
                duty.text(),
                duty.by(),
                duty.before(),
                duty.people(),
                duty.fields(),
                standing.state(),
                standing.why(),
                answers,
                duty.rule(),
                leftOut ? List.of() : Staff.people(d, duty));
    }

    Standing standing(Duty duty) {
        if (d.isRollback()) {
            return Standing.of(LineState.DOES_NOT_APPLY, "a way back waits for nobody");
        }
        Optional<String> leftOut = LeftOut.why(d, duty);
        if (leftOut.isPresent()) {
            return Standing.of(LineState.DOES_NOT_APPLY, leftOut.get());
        }
        List<DutyAnswer> answers = Duties.answers(d, duty);
        String said = answers.stream().map(DutyAnswer::text).collect(Collectors.joining("; "));
        for (DutyAnswer answer : answers) {
            if (answer.stops()) {
                return Standing.at(
                        LineState.FAILED, answer.text(), answer.said().at());
            }
        }
        if (Duties.done(d, duty) >= duty.people()) {
            LineState done =
                    answers.stream().anyMatch(DutyAnswer::passed) ? LineState.PASSED : LineState.DOES_NOT_APPLY;
            return Standing.at(done, said, answers.getLast().said().at());
        }
        Cause late = Duties.late(d, duty);
        if (late.equals(d.cause())) {
            return Standing.at(LineState.FAILED, late.text(), d.since());
        }
        String whom = Staff.whom(d, duty);
        String wanted = "%d of %d of %s%s has answered%s"
                .formatted(
                        answers.size(),
                        duty.people(),
                        whom.equals(duty.by()) ? "the role " : "",
                        whom,
                        said.isEmpty() ? "" : ": " + said);
        return Duties.turn(d).filter(turn -> turn == duty.before()).isPresent()
                ? Standing.at(LineState.DUE, wanted, d.since())
                : new GuideActions(d).ahead(wanted);
    }
}
