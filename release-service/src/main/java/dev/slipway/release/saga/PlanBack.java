package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.STAGING;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WhenBad;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.PlanView.AskedKind;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.release.saga.PlanStation.Draft;
import dev.slipway.release.saga.PlanStation.Place;
import dev.slipway.release.saga.ReleaseState.Trouble;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps of a plan beside the way: environments that go back, what an operator decides, and the end, whichever it is. */
final class PlanBack {
    private final Dossier d;
    private final PlanAsked asked;

    PlanBack(Dossier d, PlanAsked asked) {
        this.d = d;
        this.asked = asked;
    }

    /** Empty while it is on its way, and once it has ended. */
    List<Draft> steps() {
        return switch (d.state()) {
            case ReleaseState.Restoring _ -> List.of(staging());
            case ReleaseState.RollingBack _ -> List.of(production());
            case ReleaseState.NeedsOperator needs -> List.of(operator(needs));
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _,
                    ReleaseState.RollingOut _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Ended _ -> List.of();
        };
    }

    private Draft staging() {
        return back(
                ReleasePhase.RESTORING,
                "Staging goes back",
                "Staging is asked to go back to what it ran before. No user has met this version.");
    }

    private Draft production() {
        return back(ReleasePhase.ROLLING_BACK, "Production goes back", Telling.goingBack(d));
    }

    private Draft back(ReleasePhase phase, String title, String text) {
        return new Draft(
                Place.of(PlanStation.BACK),
                phase,
                title,
                text,
                List.of(),
                "It is the way back itself. Where the environment does not say in time that it is there, an operator"
                        + " is asked: slipway release retry " + d.id());
    }

    private Draft operator(ReleaseState.NeedsOperator state) {
        String why = Advancing.why(d).text();
        Waiting waiting = Telling.waiting(d);
        String command = waiting == null ? null : waiting.command();
        return new Draft(
                Place.of(PlanStation.OPERATOR),
                ReleasePhase.NEEDS_OPERATOR,
                "An operator decides",
                Texts.sentence(why) + (command == null ? "" : " Next: " + command),
                List.of(new Asked(
                        AskedKind.OPERATOR,
                        state.trouble().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        "an operator looks, and says how it goes on",
                        List.of(),
                        null,
                        LineState.DUE,
                        why)),
                decided(state.trouble()));
    }

    private String decided(Trouble trouble) {
        String resolve = "slipway release resolve %s --reason WHY".formatted(d.id());
        String retry = "slipway release retry " + d.id();
        return switch (trouble) {
            case STAGING ->
                "%s asks staging again to go back; %s ends it as REJECTED, by a person's word that staging is as it should be."
                        .formatted(retry, resolve);
            case PRODUCTION ->
                "%s asks production again to go back; %s ends it as ROLLED_BACK, by a person's word that production is as it should be."
                        .formatted(retry, resolve);
            case NOTHING_TO_RESTORE ->
                "There was nothing to go back to: a new version goes forward (slipway release create VERSION --fixes %s), or %s ends it as ROLLED_BACK."
                        .formatted(d.id(), resolve);
            case CONFIRMING ->
                "%s asks production again to keep it; slipway release abort %s --reason WHY takes it back; %s takes it for kept."
                        .formatted(retry, d.id(), resolve);
            case MERGING ->
                "Production keeps it whatever comes of the merge: %s tries again; %s ends it as COMPLETED without."
                        .formatted(retry, resolve);
            case ARRIVING ->
                "Production keeps it whatever was found: %s looks again; %s ends it as COMPLETED, by a person's word."
                        .formatted(retry, resolve);
        };
    }

    /** The end that it comes to from here, if all goes as it should, or that it came to. */
    Draft end() {
        ReleasePhase phase = outcome();
        List<Asked> owed = asked.afterWork(phase);
        return new Draft(
                Place.of(PlanStation.END),
                phase,
                "It ends as " + phase,
                "%s.%s Its record is closed and signed: slipway verify %s"
                        .formatted(
                                phase == ReleasePhase.SUPERSEDED
                                        ? "A newer one takes its place, so nobody is mailed"
                                        : "Every contact hears of it: " + contacts(),
                                owed.isEmpty()
                                        ? ""
                                        : " Then %s asked for, until done or waived: %s."
                                                .formatted(
                                                        Texts.counted(owed.size(), "duty is", "duties are"),
                                                        owed.stream()
                                                                .map(Asked::name)
                                                                .collect(Collectors.joining(", "))),
                                d.id()),
                owed,
                phase == ReleasePhase.COMPLETED ? whenBad() + " " + PlanRollout.byHand(d) : left());
    }

    private ReleasePhase outcome() {
        return switch (d.state()) {
            case ReleaseState.Restoring restoring -> restoring.end();
            case ReleaseState.RollingBack _ -> ReleasePhase.ROLLED_BACK;
            case ReleaseState.NeedsOperator needs ->
                switch (needs.trouble()) {
                    case STAGING -> ReleasePhase.REJECTED;
                    case PRODUCTION, NOTHING_TO_RESTORE -> ReleasePhase.ROLLED_BACK;
                    case CONFIRMING, MERGING, ARRIVING -> ReleasePhase.COMPLETED;
                };
            case ReleaseState.Ended ended -> ended.phase();
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _,
                    ReleaseState.RollingOut _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _ -> ReleasePhase.COMPLETED;
        };
    }

    private String contacts() {
        return d.guide().contacts().stream().map(PlanBack::told).collect(Collectors.joining(", "));
    }

    private static String told(Policy.Contact contact) {
        String ways = Stream.of(way(contact.email(), "mail"), way(contact.slack(), "Slack"))
                .filter(way -> !way.isEmpty())
                .collect(Collectors.joining(" and "));
        return "%s (%s) over %s".formatted(contact.name(), contact.role(), ways);
    }

    private static String way(@Nullable String address, String channel) {
        return address == null ? "" : channel;
    }

    private String whenBad() {
        if (ForwardOnly.isMeant(d)) {
            return "Where it goes bad later, everybody is told; production does not go back by itself, as it may only go forward.";
        }
        return d.guide().environments().production().whenBad() == WhenBad.ROLL_BACK
                ? "Where it goes bad later, production goes back by itself."
                : "Where it goes bad later, everybody is told.";
    }

    private String left() {
        String production = d.hadTraffic() ? "Production runs what it ran before." : "Production has no traffic of it.";
        return d.rollout(STAGING).isPresent() ? production + " Staging goes back to what production runs." : production;
    }
}
