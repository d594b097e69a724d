package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Due;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Duties that are for others to do: a store's review, a mirror, another team's release (ADR 63). Where one is waited for, what
 * it does to a release, its waiver, its people and its place in the record are those of all duties. Only what ends it is
 * otherwise: a poll, which validation-service asks like an arrival gate; a callback; or a person. Time ends none: a poll that
 * has not seen what it looks for by the end is no answer, and the duty is late.
 */
final class Waits {
    /** How the steps and gates of polls are called, before the id of the duty. */
    static final String STEP = "wait-";

    /** Whoever answered where a poll did. */
    static final String POLL = "poll";

    private static final int PROOF_CHARACTERS_MAX = 200;

    private Waits() {}

    static String step(Duty duty) {
        return STEP + duty.id();
    }

    /** What of others is asked by polls and waited for at present. */
    private static Stream<Duty> polled(Dossier d) {
        return Duties.awaited(d).stream().filter(duty -> poll(duty).isPresent());
    }

    private static Optional<Arrival> poll(Duty duty) {
        return Optional.ofNullable(duty.waits()).map(WaitsOn::poll);
    }

    // ---- its times

    /** Since when it is waited for; empty before that and afterwards. */
    static Optional<Instant> since(Dossier d, Duty duty) {
        if (duty.isAfterWork()) {
            return AfterWork.isAsked(d, duty) ? Optional.of(d.since()) : Optional.empty();
        }
        Wait wait = d.state().waits();
        return wait == null || Duties.isBehind(d) || !Duties.isTurn(d, duty)
                ? Optional.empty()
                : Optional.of(wait.since());
    }

    /** It is late when it takes longer than expected. What nothing waits for escalates when it takes too long, too. */
    static Optional<Due.Dates> dates(Dossier d, Duty duty, WaitsOn on) {
        return since(d, duty)
                .map(since -> new Due.Dates(
                        null, since.plus(on.expected()), duty.isAfterWork() ? since.plus(duty.within()) : null));
    }

    /** How long it is asked for: to its own end, or as long as the release waits for it. */
    private static Instant until(Duty duty, Wait wait) {
        Instant own = wait.since().plus(duty.within());
        return own.isAfter(wait.until()) ? own : wait.until();
    }

    // ---- polls

    /** The questions of those that are waited for. */
    static List<Message> questions(Dossier d) {
        Wait wait = d.state().waits();
        return wait == null
                ? List.of()
                : polled(d)
                        .flatMap(duty -> poll(duty).stream().map(poll -> question(d, duty, poll, wait)))
                        .toList();
    }

    private static Message question(Dossier d, Duty duty, Arrival poll, Wait wait) {
        Proposal proposal = d.release().proposal();
        Gate gate = Gate.of(step(duty), Texts.brief(duty.text(), PROOF_CHARACTERS_MAX), poll, duty.within());
        Assess assess = new Assess(
                d.question(step(duty)),
                d.id().application(),
                proposal.sha(),
                proposal.artifacts(),
                Stage.ARRIVAL,
                Placed.gates(List.of(gate), Questions.known(d, PRODUCTION)),
                d.guide().source(),
                null,
                until(duty, wait).minus(duty.within()));
        return Message.question(
                Topics.VALIDATION_COMMANDS, d.id().value(), ValidationTypes.ASSESS, assess, d.id().value());
    }

    /** Whether each that is asked has been answered, if only with how far it is; empty where none is asked. */
    static Optional<Boolean> heard(Dossier d) {
        List<Duty> polled = polled(d).toList();
        return polled.isEmpty()
                ? Optional.empty()
                : Optional.of(polled.stream()
                        .allMatch(duty -> d.assessment(step(duty))
                                .filter(status -> status.question().equals(d.question(step(duty))))
                                .isPresent()));
    }

    /**
     * The attempt that its present question is: one that came to nothing before the wait is over, as after a freeze or a sleep of
     * the machine, is asked anew, since an answer is for good.
     */
    static int attempt(Dossier d, String step) {
        Optional<AssessmentStatus> last = d.assessment(step);
        int before =
                last.map(AssessmentStatus::question).map(QuestionKey::attempt).orElse(1);
        Wait wait = d.state().waits();
        boolean again = wait != null
                && last.filter(Waits::cameToNothing)
                        .filter(status -> polled(d)
                                .filter(duty -> step(duty).equals(step))
                                .anyMatch(duty -> status.gates().stream()
                                        .allMatch(gate -> gate.at().isBefore(until(duty, wait)))))
                        .isPresent();
        return again ? before + 1 : before;
    }

    private static boolean cameToNothing(AssessmentStatus status) {
        return switch (status.outcome()) {
            case FAILED, INCONCLUSIVE -> true;
            case PENDING, PASSED, UNKNOWN -> false;
        };
    }

    /** What the poll has seen for good, once that is what it looks for. */
    private static Optional<GateVerdict> seen(Dossier d, Duty duty) {
        return d.assessment(step(duty)).stream()
                .flatMap(status -> status.gates().stream())
                .filter(gate -> gate.gate().equals(step(duty)))
                .filter(gate -> gate.complete() && gate.verdict() == GateVerdict.Verdict.PASSED)
                .findFirst();
    }

    /** The same with what polls have ended by now; what was kept back for them is looked at then. */
    static Dossier ended(Dossier d, Entering entering, Instant now) {
        boolean awaited = !Duties.awaited(d).isEmpty();
        Dossier after = d;
        for (Duty duty : Duties.all(d)) {
            Optional<GateVerdict> seen =
                    poll(duty).isPresent() && isOpen(after, duty) ? seen(after, duty) : Optional.empty();
            if (seen.isPresent()) {
                after = Change.of(after, now)
                        .duty(answer(duty, seen.get(), now))
                        .done();
            }
        }
        boolean goesOn = awaited && !after.equals(d) && Duties.awaited(after).isEmpty();
        return goesOn ? entering.answered(after, now) : after;
    }

    private static boolean isOpen(Dossier d, Duty duty) {
        return Duties.isTurn(d, duty)
                && LeftOut.why(d, duty).isEmpty()
                && Duties.answers(d, duty).isEmpty();
    }

    private static DutyAnswer answer(Duty duty, GateVerdict seen, Instant now) {
        Map<String, String> proof = new TreeMap<>();
        proof.put("asked", Texts.brief(seen.rule(), PROOF_CHARACTERS_MAX));
        if (seen.record() != null) {
            proof.put("record", seen.record());
        }
        return new DutyAnswer(
                duty.id(),
                new DutyView.Answer(
                        DutyView.Result.PASSED,
                        POLL,
                        now,
                        Texts.brief(seen.observed(), PROOF_CHARACTERS_MAX),
                        proof,
                        List.of(),
                        List.of(),
                        DutyView.Via.POLL));
    }

    // ---- in words

    /** As people are told of it when it begins. */
    static String told(Dossier d, Duty duty, WaitsOn on) {
        return "%s (%s, %s; %s sees to it, and it ends by %s)"
                .formatted(
                        duty.id(),
                        on.on(),
                        on.times(duty.within()),
                        Staff.whom(d, duty),
                        String.join(" or ", on.ends()));
    }

    /** How it stands, in one sentence. */
    static String wanted(Dossier d, Duty duty, WaitsOn on) {
        String seen = d.assessment(step(duty)).stream()
                .flatMap(status -> status.gates().stream())
                .map(GateVerdict::cause)
                .filter(Texts::says)
                .findFirst()
                .map("; last seen: "::concat)
                .orElse("");
        return "it waits on %s%s; it ends by %s%s"
                .formatted(
                        on.on(),
                        since(d, duty)
                                .map(since -> " since " + Timetable.moment(new Timed.OfDuty(duty), since))
                                .orElse(""),
                        String.join(" or ", on.ends()),
                        seen);
    }

    /** What a person can type while it lasts. */
    static String command(Dossier d, Duty duty, WaitsOn on) {
        if (on.person()) {
            return "./slipway release duty %s %s pass --reason WHY%s --as EMAIL"
                    .formatted(d.id(), duty.id(), fields(duty));
        }
        return on.callback() == null
                ? "./slipway release show " + d.id()
                : "./slipway release wait %s %s pass --reason WHY%s".formatted(d.id(), duty.id(), fields(duty));
    }

    private static String fields(Duty duty) {
        return String.join(
                "", duty.fields().stream().map(" --field %s=VALUE"::formatted).toList());
    }

    static DutyView.@Nullable WaitView view(Dossier d, Duty duty) {
        WaitsOn on = duty.waits();
        if (on == null) {
            return null;
        }
        Instant since = Duties.isDone(d, duty) || LeftOut.why(d, duty).isPresent()
                ? null
                : since(d, duty).orElse(null);
        return new DutyView.WaitView(
                on.on(),
                on.ends(),
                on.expected(),
                duty.within(),
                since,
                since == null ? null : since.plus(duty.within()));
    }
}
