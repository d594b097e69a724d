package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.release.saga.GuideStates.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a release is in what its timetable names: as in a line of a guide, and in its phases and reviews. */
final class Reached {
    private static final Set<LineState> DONE = Set.of(LineState.PASSED, LineState.WAIVED, LineState.DOES_NOT_APPLY);

    private Reached() {}

    /** @param name as {@link Dated} has it, of something that the policy has */
    static Standing standing(Dossier d, String name) {
        String[] parts = name.split(":", 2);
        GuideStates states = GuideStates.in(d);
        return switch (parts[0]) {
            case Dated.APPROVAL -> states.answered(new GuideAnswer(By.APPROVAL, parts[1]));
            case Dated.GATE ->
                passed(d, parts[1])
                        .map(states::verdict)
                        .orElseGet(() -> states.answered(new GuideAnswer(By.GATE, parts[1])));
            case Dated.DOCUMENT -> states.answered(new GuideAnswer(By.DOCUMENT, parts[1]));
            case Dated.ACTION -> states.answered(new GuideAnswer(By.ACTION, parts[1]));
            case Dated.REVIEW -> review(d, parts[1]);
            default -> phase(d, states, parts[1]);
        };
    }

    /** One that has passed is done, also while it is looked at once more; should it fail then, the release does not go on. */
    private static Optional<GateVerdict> passed(Dossier d, String gate) {
        return Telling.gates(d).stream()
                .filter(verdict -> verdict.gate().equals(gate) && verdict.complete())
                .filter(verdict -> verdict.verdict() == GateVerdict.Verdict.PASSED
                        || verdict.verdict() == GateVerdict.Verdict.WAIVED)
                .findFirst();
    }

    private static Standing phase(Dossier d, GuideStates states, String phase) {
        return switch (phase) {
            case Dated.STAGING -> states.answered(action(GuideAnswer.Action.STAGE));
            case Dated.CANDIDATE -> candidate(d);
            default -> states.answered(action(GuideAnswer.Action.DEPLOY));
        };
    }

    private static GuideAnswer action(GuideAnswer.Action action) {
        return new GuideAnswer(By.ACTION, action.name().toLowerCase(Locale.ROOT));
    }

    /** It has met its criteria once production has begun. */
    private static Standing candidate(Dossier d) {
        Optional<Instant> begun = d.milestones().stream()
                .filter(told -> told.kind() == Milestone.Kind.ROLLING_OUT)
                .map(Milestone::at)
                .findFirst();
        if (begun.isPresent()) {
            return Standing.at(LineState.PASSED, "its criteria were met, and production began", begun.get());
        }
        if (d.state() instanceof ReleaseState.Baking || d.state() instanceof ReleaseState.Merging) {
            return Standing.at(LineState.PASSED, "its criteria were met, and production began", d.since());
        }
        return d.state().phase() == ReleasePhase.CANDIDATE
                ? Standing.at(LineState.DUE, "its criteria are looked at", d.since())
                : new GuideActions(d).ahead("its criteria have not been looked at");
    }

    /** A text that was not written yet has been read as it would have been then; should it change, it is to be read anew. */
    private static Standing review(Dossier d, String id) {
        Announcements known = Announcements.of(d);
        boolean ended = d.state() instanceof ReleaseState.Ended;
        boolean told = (ended ? Announcements.due(d) : Announcements.all(d))
                .stream()
                        .filter(announcing -> ended || announcing.after() == Announcing.After.COMPLETED)
                        .anyMatch(announcing -> announcing.id().equals(id));
        if (!told) {
            return Standing.of(
                    LineState.DOES_NOT_APPLY,
                    ended
                            ? "of such a release it is not announced"
                            : "what would tell of a way back is read once there is one");
        }
        Optional<Announced> text = Optional.ofNullable(known.written()).stream()
                .flatMap(List::stream)
                .filter(each -> each.id().equals(id))
                .findFirst();
        return known.reviews().stream()
                .filter(each -> each.id().equals(id))
                .map(Announcements.Reviewed::review)
                .filter(review ->
                        text.map(each -> each.digest().equals(review.digest())).orElse(true))
                .reduce((_, last) -> last)
                .map(review -> Standing.at(LineState.PASSED, review.by() + " has said yes to its text", review.at()))
                .orElseGet(() -> Standing.of(
                        LineState.DUE, "nobody has said yes to its text: slipway release announcements " + d.id()));
    }

    static boolean isDone(Standing standing) {
        return DONE.contains(standing.state());
    }

    /** Since when it is done; empty while it is not. */
    static Optional<Instant> at(Dossier d, String name) {
        Standing standing = standing(d, name);
        return isDone(standing) ? Optional.of(Optional.ofNullable(standing.at()).orElse(d.since())) : Optional.empty();
    }
}
