package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.PlanView.AskedKind;
import dev.slipway.contracts.release.PlanView.Step;
import dev.slipway.contracts.release.RehearsalView.Ask;
import dev.slipway.contracts.release.ReleasePhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Who of a planned release is asked for what, in the order of its steps: who approves it, whose duties it has, who sees to a date
 * of the timetable, in the step in which that is done, and who reviews the texts that announce it, whichever end it comes to.
 */
public final class WhoIsAsked {
    private static final String TAKEN_BACK = "It is announced that it was taken back";

    private final Dossier d;
    private final Policy policy;
    private final Instant now;

    private WhoIsAsked(Dossier d, Instant now) {
        this.d = d;
        this.policy = d.guide();
        this.now = now;
    }

    /**
     * All of them, each with those who are there then.
     *
     * @param d as {@link Prospect} has it
     * @param steps of its whole plan
     * @param now before which nobody is asked
     */
    public static List<Ask> of(Dossier d, List<Step> steps, Instant now) {
        WhoIsAsked asked = new WhoIsAsked(d, now);
        List<Dated> dates = new ArrayList<>(asked.policy.timetable());
        List<Ask> all = new ArrayList<>();
        for (Step step : steps) {
            step.asked().stream()
                    .filter(each -> each.kind() == AskedKind.APPROVAL
                            || each.kind() == AskedKind.DUTY
                            || each.kind() == AskedKind.REVIEW)
                    .filter(each -> each.state() != LineState.DOES_NOT_APPLY)
                    .forEach(each -> all.add(new Ask(step.title(), each)));
            List<Dated> here =
                    dates.stream().filter(dated -> asked.isDone(dated, step)).toList();
            here.forEach(dated -> all.add(new Ask(step.title(), asked.date(dated))));
            dates.removeAll(here);
        }
        asked.rolledBack(all, dates);
        return all;
    }

    /** What no step of such a release has needs nobody to see to it. */
    private boolean isDone(Dated dated, Step step) {
        String[] parts = dated.of().split(":", 2);
        return switch (parts[0]) {
            case Dated.APPROVAL -> has(step, AskedKind.APPROVAL, parts[1]);
            case Dated.GATE -> has(step, AskedKind.GATE, parts[1]);
            default ->
                Arrays.stream(PlanStation.values())
                        .filter(station -> PlanStation.Place.of(station).id().equals(step.id()))
                        .flatMap(station -> ReleasePlan.done(d, station, step.phase()))
                        .anyMatch(dated.of()::equals);
        };
    }

    private static boolean has(Step step, AskedKind kind, String name) {
        return step.asked().stream()
                .anyMatch(each -> each.kind() == kind && each.name().equals(name));
    }

    private Asked date(Dated dated) {
        return new Asked(
                AskedKind.DATE,
                dated.of(),
                "sees to %s in time%s"
                        .formatted(Dated.words(dated.of()), Timetable.words(d, Optional.of(new Timed.OfDate(dated)))),
                people(dated.by(), Prospect.when(d.release(), dated.due(), now)),
                null,
                LineState.OPEN,
                PlanAsked.NOT_ASKED);
    }

    /** The plan ends well, and names none of these. */
    private void rolledBack(List<Ask> all, List<Dated> dates) {
        for (Asked review : new PlanAnnounced(d, new PlanAsked(d)).reviews(ReleasePhase.ROLLED_BACK)) {
            all.add(new Ask(TAKEN_BACK, review));
            dates.stream()
                    .filter(dated -> dated.of().equals(Dated.name(Dated.REVIEW, review.name())))
                    .forEach(dated -> all.add(new Ask(TAKEN_BACK, date(dated))));
        }
    }

    /** Of a role, or who stands in. */
    private List<String> people(String role, Instant at) {
        return new Roster(policy, at)
                .there(role).stream()
                        .flatMap(email -> Roster.contact(policy, email).stream())
                        .map(contact -> "%s (%s)".formatted(contact.name(), contact.role()))
                        .toList();
    }
}
