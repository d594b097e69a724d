package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideHeading;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.Flaw;
import dev.slipway.contracts.release.GuideView.Repair;
import dev.slipway.release.saga.GuideStates.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lines of a guide that the last releases of an application show to be of no use as they are (ADR 67): they applied to none of
 * them, were late in each that came to them, or waived in each. It takes several releases to show that, and a line that was
 * mended since begins anew: only releases count whose guide had it with the same text, answer and condition.
 */
public final class Repairing {
    private Repairing() {}

    /** How a line went in a release that has ended. */
    public enum Went {
        /** It did not apply by its rule, by that of what answers it, or by people's word. */
        LEFT_OUT,
        /** It was done after its time, or was late at the end. */
        LATE,
        WAIVED,
        /** Something else came of it. */
        DONE,
        /** The release did not come to it, or nothing went so that it had been for: that says nothing of the line. */
        UNREACHED
    }

    /**
     * One line of one release.
     *
     * @param line as that release went by it
     * @param headings what headings above it say of which releases it is
     */
    public record Ended(GuideLine line, List<GuideHeading> headings, Went went) {
        public Ended {
            headings = List.copyOf(headings);
        }

        private boolean isLike(GuideLine other, List<GuideHeading> conditions) {
            return line.id().equals(other.id())
                    && line.text().equals(other.text())
                    && line.answer().by() == other.answer().by()
                    && line.answer().name().equals(other.answer().name())
                    && line.when().equals(other.when())
                    && Optional.ofNullable(line.where()).equals(Optional.ofNullable(other.where()))
                    && headings.equals(conditions);
        }
    }

    /** Each line of a release that has ended. A way back and a configuration alone say nothing of the guide. */
    public static List<Ended> of(Dossier d) {
        boolean says = d.launch() != null
                && d.state() instanceof ReleaseState.Ended
                && !d.isRollback()
                && !d.isConfiguration()
                && d.release().refused() == null;
        Guide guide = says ? GuideInForce.of(d) : null;
        if (guide == null) {
            return List.of();
        }
        GuideStates states = GuideStates.in(d);
        return guide.lines().stream()
                .map(line -> new Ended(line, above(guide, line), went(d, states, guide, line)))
                .toList();
    }

    private static List<GuideHeading> above(Guide guide, GuideLine line) {
        return guide.headings().stream().filter(heading -> heading.covers(line)).toList();
    }

    private static Went went(Dossier d, GuideStates states, Guide guide, GuideLine line) {
        Standing standing = states.standing(guide, line);
        return switch (standing.state()) {
            case DOES_NOT_APPLY -> isLeftOut(d, states, guide, line) ? Went.LEFT_OUT : Went.UNREACHED;
            case WAIVED -> Went.WAIVED;
            case LATE -> Went.LATE;
            case PASSED, FAILED, INCONCLUSIVE -> isDoneLate(d, line.answer()) ? Went.LATE : Went.DONE;
            case OPEN, DUE, VALUE, NOTHING, UNANSWERED, UNKNOWN -> Went.UNREACHED;
        };
    }

    /** Not so of what would have been done had something gone wrong, or had the release ended otherwise. */
    private static boolean isLeftOut(Dossier d, GuideStates states, Guide guide, GuideLine line) {
        GuideView.Dismissal dismissal = states.dismissal(line);
        if (LeftOut.why(guide, line, d.release()).isPresent() || (dismissal != null && dismissal.counts())) {
            return true;
        }
        return line.answer().by() == By.DUTY
                && d.guide()
                        .duty(line.answer().name())
                        .filter(duty -> AfterWork.notAsked(d, duty) == null)
                        .filter(duty -> LeftOut.why(d, duty).isPresent() || Duties.isAnswered(d, duty))
                        .isPresent();
    }

    private static boolean isDoneLate(Dossier d, GuideAnswer answer) {
        Optional<Timed> timed = answer.by() == By.DUTY
                ? d.guide().duty(answer.name()).flatMap(Timed::of)
                : Dated.name(answer).flatMap(d.guide()::dated).map(Timed.OfDate::new);
        return timed.flatMap(each -> Timetable.dates(d, each)
                        .flatMap(dates -> Timed.doneAt(d, each.name()).filter(at -> at.isAfter(dates.due()))))
                .isPresent();
    }

    /**
     * Those of a guide that are for repair.
     *
     * @param guide whose lines, as it is now
     * @param releases the last ones, in any order
     * @param seenMin how many of them have to say so, from 1
     */
    public static List<Repair> lines(Guide guide, List<List<Ended>> releases, int seenMin) {
        List<Repair> repair = new ArrayList<>();
        for (GuideLine line : guide.lines()) {
            List<GuideHeading> headings = above(guide, line);
            List<Went> went = releases.stream()
                    .flatMap(release ->
                            release.stream().filter(ended -> ended.isLike(line, headings)).findFirst().stream())
                    .map(Ended::went)
                    .toList();
            flaw(went, seenMin)
                    .ifPresent(flaw ->
                            repair.add(new Repair(line.id(), line.text(), flaw, count(went, flaw), went.size())));
        }
        return repair;
    }

    private static Optional<Flaw> flaw(List<Went> went, int seenMin) {
        List<Went> reached = went.stream()
                .filter(each -> each != Went.UNREACHED && each != Went.LEFT_OUT)
                .toList();
        if (went.size() >= seenMin && went.stream().allMatch(each -> each == Went.LEFT_OUT)) {
            return Optional.of(Flaw.NEVER_APPLIED);
        } else if (reached.size() < seenMin) {
            return Optional.empty();
        } else if (reached.stream().allMatch(each -> each == Went.LATE)) {
            return Optional.of(Flaw.ALWAYS_LATE);
        }
        return reached.stream().allMatch(each -> each == Went.WAIVED)
                ? Optional.of(Flaw.ALWAYS_WAIVED)
                : Optional.empty();
    }

    private static int count(List<Went> went, Flaw flaw) {
        Went counted = switch (flaw) {
            case NEVER_APPLIED -> Went.LEFT_OUT;
            case ALWAYS_LATE -> Went.LATE;
            case ALWAYS_WAIVED -> Went.WAIVED;
            case UNKNOWN -> Went.UNREACHED;
        };
        return (int) went.stream().filter(each -> each == counted).count();
    }
}
