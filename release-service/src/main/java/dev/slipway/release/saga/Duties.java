package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Duty.Before;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.Waiting;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a release waits for that only people can know or do (ADR 49). It stands before staging while it waits for approvals,
 * before production while staging runs it, and before its end once the bake has passed. A duty that failed there, or is not
 * possible, stops it as a gate does that failed; one that does not apply, by its rule or by people's word, is not waited for.
 */
final class Duties {
    /** Kind of the cause when one failed or is not possible. */
    static final String FAILED = "duty-failed";

    /** Kind of the cause when nobody answered in time. */
    static final String LATE = "duty-late";

    private static final int TOLD_MAX = 10;
    private static final int TEXT_MAX = 120;

    private Duties() {}

    /** What it stands before, and so which duties can be answered; empty where none can. */
    static Optional<Before> turn(Dossier d) {
        return switch (d.state()) {
            case ReleaseState.AwaitingApproval _ -> Optional.of(Before.STAGING);
            case ReleaseState.Candidate _ -> Optional.of(Before.PRODUCTION);
            case ReleaseState.Baking baking ->
                baking.part() == ReleaseState.Part.VERIFYING ? Optional.of(Before.END) : Optional.empty();
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.Staging _,
                    ReleaseState.RollingOut _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> Optional.empty();
        };
    }

    /** Whether this one can be answered where the release is. */
    static boolean isTurn(Dossier d, Duty duty) {
        return duty.isAfterWork()
                ? AfterWork.isAsked(d, duty)
                : turn(d).filter(turn -> turn == duty.before()).isPresent();
    }

    /** What its policy asks of people; a way back waits for nobody. */
    static List<Duty> all(Dossier d) {
        Policy policy = d.isRollback() ? null : d.release().policy();
        return policy == null ? List.of() : policy.duties();
    }

    private static List<Duty> of(Dossier d, Before before) {
        return all(d).stream()
                .filter(duty -> duty.before() == before && LeftOut.why(d, duty).isEmpty())
                .toList();
    }

    static List<DutyAnswer> answers(Dossier d, Duty duty) {
        return d.duties().stream()
                .filter(answer -> answer.duty().equals(duty.id()))
                .toList();
    }

    /**
     * Whether enough people have said of each of its cells that it passed, or does not apply, and nobody otherwise; what failed
     * after the release may have been done since.
     */
    static boolean isAnswered(Dossier d, Duty duty) {
        return Cells.of(duty).stream().allMatch(cell -> Cells.isAnswered(d, duty, cell));
    }

    /** Whether it is waited for no longer: each of its cells is answered, or waived. */
    static boolean isDone(Dossier d, Duty duty) {
        return Cells.of(duty).stream()
                .allMatch(cell -> Cells.isAnswered(d, duty, cell) || DutyWaivers.isWaived(d, duty, cell));
    }

    /** Those before it that are neither answered nor waived, in the order of the policy. */
    static List<Duty> open(Dossier d, Before before) {
        return of(d, before).stream().filter(duty -> !isDone(d, duty)).toList();
    }

    /** Whether a freeze or a hold comes first. */
    static boolean isBehind(Dossier d) {
        return d.state() instanceof ReleaseState.Candidate candidate
                && candidate.ahead() != ReleaseState.Ahead.VERIFYING;
    }

    /** Those that nothing but people is waited for at present; none while a freeze or a hold comes first. */
    static List<Duty> awaited(Dossier d) {
        return isBehind(d) ? List.of() : turn(d).map(before -> open(d, before)).orElse(List.of());
    }

    /** Why it does not go on, if an answer stops it for good: one to a duty that nobody has waived, nor may. */
    static Optional<Cause> stopped(Dossier d, Before before) {
        return of(d, before).stream()
                .filter(duty -> !DutyWaivers.isWaived(d, duty) && !DutyWaivers.isWaivable(d, duty))
                .flatMap(duty -> answers(d, duty).stream())
                .filter(DutyAnswer::stops)
                .findFirst()
                .map(answer -> Cause.of(FAILED, "Duty %s: %s".formatted(answer.duty(), answer.text())));
    }

    /** Those that people have not answered in time; first what nobody may waive. */
    static List<Duty> late(Dossier d, Instant now) {
        Wait wait = d.state().waits();
        return wait == null
                ? List.of()
                : awaited(d).stream()
                        .filter(duty -> !now.isBefore(Timetable.until(d, duty, wait.since())))
                        .sorted(Comparator.comparing(duty -> DutyWaivers.isWaivable(d, duty)))
                        .toList();
    }

    static Cause late(Dossier d, Duty duty) {
        WaitsOn on = duty.waits();
        return new Cause(
                LATE,
                on == null
                        ? "Duty %s of %s was not answered in time.".formatted(duty.id(), Staff.whom(d, duty))
                        : "%s, which %s waits on, did not end in time.".formatted(on.on(), duty.id()),
                on == null ? Cells.progress(d, duty) : "not ended",
                Texts.words(duty.within()));
    }

    /** Those who are asked are told when it is their turn. */
    static Change ask(Change change, Dossier d, Before before, int milestonesMax) {
        return ask(change, d, open(d, before), milestonesMax);
    }

    /** The same of these. */
    static Change ask(Change change, Dossier d, List<Duty> open, int milestonesMax) {
        return open.isEmpty()
                ? change
                : change.milestone(Milestone.Kind.DUTY_ASKED, asked(d, open), Staff.whom(d, open), milestonesMax);
    }

    private static Cause asked(Dossier d, List<Duty> open) {
        List<Duty> others = open.stream().filter(Duty::isWait).toList();
        if (others.size() == open.size()) {
            return Cause.of(
                    Cause.WAITS_ON_OTHERS,
                    "It waits on others: %s%s. See: ./slipway release show %s.%s"
                            .formatted(listed(d, open), more(open), d.id(), Staff.owned(d)));
        }
        return Cause.of(
                "duty-asked",
                "%s asked for: %s%s. Answer: ./slipway release duty %s %s pass|fail|not-possible --reason WHY%s --as EMAIL%s"
                        .formatted(
                                Texts.counted(open.size(), "duty is", "duties are"),
                                listed(d, open),
                                more(open),
                                d.id(),
                                open.size() == 1 ? open.getFirst().id() : "DUTY",
                                open.stream().allMatch(duty -> duty.matrix().isEmpty()) ? "" : " --cell CELL",
                                Staff.owned(d).isEmpty() ? "" : "." + Staff.owned(d)));
    }

    private static String listed(Dossier d, List<Duty> open) {
        return open.stream().limit(TOLD_MAX).map(duty -> listed(d, duty)).collect(Collectors.joining("; "));
    }

    private static String listed(Dossier d, Duty duty) {
        WaitsOn on = duty.waits();
        return on == null
                ? "%s of %s (%s%s)"
                        .formatted(duty.id(), Staff.whom(d, duty), Texts.oneLine(duty.text(), TEXT_MAX), cells(duty))
                : Waits.told(d, duty, on);
    }

    private static String cells(Duty duty) {
        return duty.matrix().isEmpty() ? "" : "; cell by cell: " + Cells.words(duty.cells());
    }

    /** Of whom what is waited for. */
    private static String text(Dossier d, List<Duty> open) {
        String all = open.stream().limit(TOLD_MAX).map(duty -> named(d, duty)).collect(Collectors.joining(", "));
        return (open.size() == 1 ? "the duty " : "the duties ") + all + more(open);
    }

    private static String named(Dossier d, Duty duty) {
        WaitsOn on = duty.waits();
        if (on != null) {
            return "%s on %s, which %s sees to".formatted(duty.id(), on.on(), Staff.whom(d, duty));
        }
        return duty.people() == 1 && duty.matrix().isEmpty()
                ? "%s of %s".formatted(duty.id(), Staff.whom(d, duty))
                : "%s of %s (%s)".formatted(duty.id(), Staff.whom(d, duty), Cells.progress(d, duty));
    }

    /** Who is waited for, where duties are; {@code besides} says what else is, with a separator before it. */
    static Optional<Waiting> waiting(Dossier d, Wait wait, String besides) {
        List<Duty> open = awaited(d);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duty> stopped = DutyWaivers.stopped(d);
        String what = stopped.map(duty -> "a waiver, or abort, as the duty %s did not pass".formatted(duty.id()))
                .orElseGet(() -> text(d, open) + (DutyWaivers.asked(d).isPresent() ? ", or its waiver" : ""));
        String command = stopped.map(duty -> Waivers.command(d, DutyWaivers.failed(d, duty)))
                .orElseGet(() -> command(
                        d,
                        open.stream().filter(duty -> !duty.isWait()).findFirst().orElseGet(open::getFirst)));
        return Optional.of(new Waiting("people", what + besides, wait.since(), wait.until(), command));
    }

    private static String more(List<Duty> open) {
        return open.size() > TOLD_MAX ? " and %d more".formatted(open.size() - TOLD_MAX) : "";
    }

    /** What a person types next for this duty. */
    private static String command(Dossier d, Duty duty) {
        WaitsOn on = duty.waits();
        if (on != null) {
            return Waits.command(d, duty, on);
        }
        String fields =
                duty.fields().stream().map(" --field %s=VALUE"::formatted).collect(Collectors.joining());
        return "./slipway release duty %s %s pass%s --reason WHY%s --as EMAIL"
                .formatted(d.id(), duty.id(), Cells.option(d, duty), fields);
    }
}
