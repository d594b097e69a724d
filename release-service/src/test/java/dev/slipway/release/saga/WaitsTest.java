package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Duty.Before;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.DutyView.TimeState;
import dev.slipway.contracts.release.DutyView.Via;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waits on others: a poll, a callback or a named person ends them, and time never does (ADR 63). */
final class WaitsTest {
    private static final Duration EXPECTED = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofHours(72);
    private static final String STEP = "wait-store-review";
    private static final String BOT = "store-bot";

    private long version = 1_000;

    private static Arrival address() {
        return new Arrival(
                "https://store.example.test/reviews/{version}",
                null,
                null,
                null,
                200,
                null,
                null,
                null,
                Duration.ofMinutes(5),
                List.of(new Gate.JsonExpectation("$.state", "\"approved\"")));
    }

    private static WaitsOn byPoll() {
        return new WaitsOn("App store review", EXPECTED, address(), null, false);
    }

    private static WaitsOn byCallback(@Nullable String by) {
        return new WaitsOn("App store review", EXPECTED, null, new WaitsOn.Callback(by), false);
    }

    private static WaitsOn byPerson() {
        return new WaitsOn("App store review", EXPECTED, null, null, true);
    }

    private static Duty wait(Before before, WaitsOn on) {
        return new Duty("store-review", "The build is approved", "devops", before, 1, List.of(), LONGEST).withWaits(on);
    }

    private static Journey waiting(Before before, WaitsOn on) {
        Journey journey = new Journey(Journey.dutiful(wait(before, on)));
        return switch (before) {
            case STAGING -> journey.staging();
            case PRODUCTION -> journey.candidate();
            case END -> journey.baked();
        };
    }

    private static ReleaseInput callback(Journey journey, String by, Result outcome) {
        return new ReleaseInput.AnswerDuty(
                by,
                "store-review",
                outcome,
                "build 42",
                Map.of(),
                List.of(),
                List.of(),
                journey.triple(),
                null,
                Via.CALLBACK);
    }

    private ReleaseInput polled(Journey journey, Outcome outcome) {
        return polled(journey, outcome, journey.now());
    }

    private ReleaseInput polled(Journey journey, Outcome outcome, Instant at) {
        boolean passed = outcome == Outcome.PASSED;
        GateVerdict verdict = new GateVerdict(
                STEP,
                "The build is approved",
                Stage.ARRIVAL,
                passed
                        ? GateVerdict.Verdict.PASSED
                        : outcome == Outcome.FAILED ? GateVerdict.Verdict.FAILED : GateVerdict.Verdict.INCONCLUSIVE,
                outcome != Outcome.PENDING,
                "it answers approved",
                "200, $.state \"approved\"",
                passed ? "" : "$.state is \"in review\"",
                passed ? "sha256:" + "e".repeat(64) : null,
                null,
                at);
        return new ReleaseInput.Assessed(
                "validation-service/assessment/" + STEP,
                ++version,
                new AssessmentStatus(journey.dossier().question(STEP), outcome, List.of(verdict)));
    }

    private static List<Assess> asked(Journey journey) {
        return journey.messages()
                .map(Message::body)
                .filter(Assess.class::isInstance)
                .map(Assess.class::cast)
                .filter(assess -> assess.question().step().equals(STEP))
                .toList();
    }

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static DutyView view(Journey journey) {
        return DutyStates.of(journey.dossier()).getFirst();
    }

    private static Waiting waited(Journey journey) {
        return Objects.requireNonNull(Telling.waiting(journey.dossier()));
    }

    private static String refusal(Journey journey) {
        return journey.refusal() == null
                ? ""
                : Objects.requireNonNull(journey.refusal()).code();
    }

    // ---- what is waited for, and said of it

    @Test
    void it_is_shown_on_whom_it_waits_since_when_and_what_ends_it() {
        Journey journey = waiting(Before.STAGING, byPerson());

        assertThat(waited(journey).what()).isEqualTo("the duty store-review on App store review, which devops sees to");
        assertThat(waited(journey).until()).isEqualTo(journey.now().plus(LONGEST));
        assertThat(waited(journey).command())
                .isEqualTo("./slipway release duty hello@1.0.0 store-review pass --reason WHY --as EMAIL");
        assertThat(view(journey).state()).isEqualTo(LineState.DUE);
        assertThat(view(journey).why())
                .startsWith("it waits on App store review since Mon 2026-01-05 10:00 UTC;")
                .contains("; it ends by the word of a person");
        assertThat(view(journey).waits())
                .isEqualTo(new DutyView.WaitView(
                        "App store review",
                        List.of("the word of a person"),
                        EXPECTED,
                        LONGEST,
                        journey.now(),
                        journey.now().plus(LONGEST)));
        Milestone told = journey.dossier().milestones().getLast();
        assertThat(told.kind()).isEqualTo(Milestone.Kind.DUTY_ASKED);
        assertThat(told.asked()).containsExactly("devops");
        assertThat(told.cause().text())
                .startsWith("It waits on others: store-review (App store review, expected within 24 h, at most 72 h");
    }

    @Test
    void before_its_turn_the_plan_says_who_sees_to_it_and_how_long_it_may_take() {
        Journey journey = new Journey(Journey.dutiful(wait(Before.PRODUCTION, byPoll()))).validating();

        assertThat(ReleasePlan.of(journey.dossier(), journey.now()).steps().stream()
                        .flatMap(step -> step.asked().stream())
                        .filter(each -> each.name().equals("store-review")))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.text())
                            .contains("waits on App store review, expected within 24 h, at most 72 h, ends by a poll");
                    assertThat(each.within()).isEqualTo(LONGEST);
                    assertThat(each.of()).isNotEmpty();
                });
        assertThat(ReleasePlan.of(journey.dossier(), journey.now()).steps()).anySatisfy(step -> {
            assertThat(step.title()).isEqualTo("It waits on others");
            assertThat(step.text()).contains("slipway release show hello@1.0.0 says how far others are");
        });
        assertThat(Objects.requireNonNull(view(journey).waits()).since()).isNull();
    }

    // ---- ended by a poll

    @ParameterizedTest
    @EnumSource(Before.class)
    void a_poll_is_asked_like_an_arrival_gate_and_ends_it_by_what_it_saw(Before before) {
        Journey journey = waiting(before, byPoll()).take(new ReleaseInput.AskAgain());

        assertThat(asked(journey)).singleElement().satisfies(asked -> {
            assertThat(asked.question()).hasToString("hello@1.0.0/wait-store-review/1");
            assertThat(asked.askedAt()).isEqualTo(journey.now());
            Gate gate = asked.gates().getFirst();
            assertThat(gate.within()).isEqualTo(LONGEST);
            Arrival arrival = Objects.requireNonNull(gate.arrival());
            assertThat(arrival.url()).isEqualTo("https://store.example.test/reviews/1.0.0");
            assertThat(arrival.json()).containsExactly(new Gate.JsonExpectation("$.state", "\"approved\""));
        });
        ReleasePhase there = phase(journey);
        journey.take(polled(journey, Outcome.PENDING));
        assertThat(phase(journey)).isEqualTo(there);
        assertThat(view(journey).why()).contains("last seen: $.state is \"in review\"");

        journey.after(Duration.ofHours(2)).take(polled(journey, Outcome.PASSED));

        assertThat(view(journey).state()).isEqualTo(LineState.PASSED);
        assertThat(Duties.awaited(journey.dossier())).isEmpty();
        DutyView.Answer answer = view(journey).answers().getFirst();
        assertThat(answer.via()).isEqualTo(Via.POLL);
        assertThat(answer.by()).isEqualTo(Waits.POLL);
        assertThat(answer.at()).isEqualTo(journey.now());
        assertThat(answer.fields())
                .containsEntry("record", "sha256:" + "e".repeat(64))
                .containsEntry("asked", "it answers approved");
        assertThat(view(journey).why()).startsWith("the poll says that it passed: 200");
        switch (before) {
            case STAGING -> assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
            case PRODUCTION -> assertThat(journey.sent()).anyMatch(type -> type.contains("assessment"));
            case END ->
                assertThat(journey.dossier().state())
                        .isInstanceOfSatisfying(
                                ReleaseState.Baking.class,
                                baking -> assertThat(baking.part()).isEqualTo(ReleaseState.Part.CONFIRMING));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"FAILED", "INCONCLUSIVE"})
    void a_poll_that_has_not_seen_it_is_no_answer_and_the_wait_is_late(Outcome outcome) {
        Journey journey = waiting(Before.PRODUCTION, byPoll());
        Instant end = waited(journey).until();

        journey.after(LONGEST).take(polled(journey, outcome, end));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(journey.dossier().duties()).isEmpty();
        assertThat(journey.dossier().question(STEP).attempt()).isEqualTo(1);

        Journey late = waiting(Before.PRODUCTION, byPoll()).overdue();
        assertThat(phase(late)).isIn(ReleasePhase.EXPIRED, ReleasePhase.RESTORING);
    }

    @Test
    void one_that_came_to_nothing_too_early_is_asked_anew_as_a_question_of_its_own() {
        Journey journey = waiting(Before.PRODUCTION, byPoll());
        ReleaseInput first = polled(journey, Outcome.INCONCLUSIVE, journey.now());

        journey.take(first);

        assertThat(asked(journey))
                .singleElement()
                .satisfies(asked -> assertThat(asked.question()).hasToString("hello@1.0.0/wait-store-review/2"));
        journey.take(first);
        assertThat(journey.dossier().question(STEP).attempt()).isEqualTo(2);
        journey.take(polled(journey, Outcome.PASSED));
        assertThat(view(journey).state()).isEqualTo(LineState.PASSED);
    }

    @Test
    void people_and_programs_do_not_end_what_a_poll_ends_but_may_say_that_it_failed() {
        Journey journey = waiting(Before.STAGING, byPoll());

        journey.take(journey.answer("store-review", Examples.BEN, Result.PASSED));
        assertThat(refusal(journey)).isEqualTo("not-by-people");
        journey.take(callback(journey, BOT, Result.PASSED));
        assertThat(refusal(journey)).isEqualTo("no-callback");
        assertThat(journey.dossier().duties()).isEmpty();

        journey.take(journey.answer("store-review", Examples.BEN, Result.FAILED));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
    }

    // ---- ended by a callback

    @Test
    void a_callback_ends_it_once_and_the_same_again_changes_nothing() {
        Journey journey = waiting(Before.STAGING, byCallback(null));
        journey.take(callback(journey, BOT, Result.PASSED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
        assertThat(view(journey).why()).isEqualTo("a callback of store-bot says that it passed: build 42");
        assertThat(journey.reason()).contains("a callback of store-bot says that it passed: build 42");

        Dossier once = journey.dossier();
        assertThat(journey.take(callback(journey, BOT, Result.PASSED)).dossier())
                .isEqualTo(once);
        assertThat(journey.refusal()).isNull();
        journey.take(callback(journey, BOT, Result.FAILED));
        assertThat(refusal(journey)).isEqualTo("not-now");
    }

    @Test
    void a_callback_that_says_it_failed_stops_the_release() {
        Journey journey = waiting(Before.STAGING, byCallback(null));

        journey.take(callback(journey, BOT, Result.FAILED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(Objects.requireNonNull(journey.dossier().cause()).text())
                .isEqualTo("Duty store-review: a callback of store-bot says that it failed: build 42");
    }

    @Test
    void a_callback_counts_of_whom_the_policy_names_when_it_is_waited_for_and_of_this_release() {
        Journey named = waiting(Before.STAGING, byCallback(BOT));
        named.take(callback(named, "ci@example.test", Result.PASSED));
        assertThat(refusal(named)).isEqualTo("not-yours");
        assertThat(phase(named.take(callback(named, BOT, Result.PASSED)))).isEqualTo(ReleasePhase.STAGING);

        Journey early = new Journey(Journey.dutiful(wait(Before.PRODUCTION, byCallback(null)))).awaitingApproval();
        early.take(callback(early, BOT, Result.PASSED));
        assertThat(refusal(early)).isEqualTo("not-now");

        Journey other = waiting(Before.STAGING, byCallback(null));
        ReleaseInput.Triple right = other.triple();
        other.take(new ReleaseInput.AnswerDuty(
                BOT,
                "store-review",
                Result.PASSED,
                "build 42",
                Map.of(),
                List.of(),
                List.of(),
                new ReleaseInput.Triple(new Sha("2".repeat(40)), right.digests(), right.policyHash()),
                null,
                Via.CALLBACK));
        assertThat(refusal(other)).isEqualTo("another-triple");

        Journey duty = new Journey(Journey.dutiful(Journey.duty("store-review", Before.STAGING))).staging();
        duty.take(callback(duty, BOT, Result.PASSED));
        assertThat(refusal(duty)).isEqualTo("no-callback");
    }

    // ---- ended by a person

    @Test
    void a_person_of_the_role_ends_it_as_any_duty() {
        Journey journey = waiting(Before.PRODUCTION, byPerson());

        journey.take(journey.answer("store-review", Examples.ADA, Result.PASSED));
        assertThat(refusal(journey)).isEqualTo("not-your-role");
        journey.take(journey.answer("store-review", Examples.BEN, Result.PASSED));

        assertThat(view(journey).state()).isEqualTo(LineState.PASSED);
        assertThat(view(journey).answers().getFirst().via()).isNull();
        assertThat(Objects.requireNonNull(view(journey).waits()).until()).isNull();
    }

    // ---- its times

    @Test
    void people_hear_of_it_once_when_it_takes_longer_than_expected_and_it_goes_on_waiting() {
        Journey journey = waiting(Before.PRODUCTION, byPerson());
        Instant due = journey.now().plus(EXPECTED);
        assertThat(Timetable.next(journey.dossier())).contains(due);
        assertThat(Objects.requireNonNull(view(journey).timing()).due()).isEqualTo(due);

        journey.after(EXPECTED).take(ReleaseSaga.onTimer(ReleaseSaga.TIMETABLE));

        assertThat(Objects.requireNonNull(view(journey).timing()).state()).isEqualTo(TimeState.LATE);
        Milestone told = journey.dossier().milestones().getLast();
        assertThat(told.kind()).isEqualTo(Milestone.Kind.DUTY_REMINDED);
        assertThat(told.asked()).containsExactly(Examples.BEN);
        assertThat(told.cause().text())
                .startsWith("Late: store-review (App store review, expected within 24 h, at most 72 h;")
                .contains("devops sees to it");
        assertThat(phase(journey)).isEqualTo(ReleasePhase.CANDIDATE);
        int milestones = journey.dossier().milestones().size();
        journey.after(Duration.ofHours(1)).take(ReleaseSaga.onTimer(ReleaseSaga.TIMETABLE));
        assertThat(journey.dossier().milestones()).hasSize(milestones);
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void past_the_longest_time_it_never_passes(Before before) {
        for (WaitsOn on : List.of(byPoll(), byCallback(null), byPerson())) {
            Journey journey = waiting(before, on);
            Instant end = journey.now().plus(LONGEST);
            journey.overdue();

            assertThat(journey.now()).isAfterOrEqualTo(end);
            assertThat(phase(journey))
                    .isEqualTo(
                            switch (before) {
                                case STAGING -> ReleasePhase.EXPIRED;
                                case PRODUCTION -> ReleasePhase.EXPIRED;
                                case END -> ReleasePhase.ROLLING_BACK;
                            });
            assertThat(journey.dossier().cause())
                    .isEqualTo(new Cause(
                            "duty-late",
                            "App store review, which store-review waits on, did not end in time.",
                            "not ended",
                            "72 h"));
            assertThat(view(journey).state()).isEqualTo(LineState.FAILED);
        }
    }

    // ---- its waiver

    @Test
    void two_people_go_without_it_where_the_policy_lets_them_and_a_poll_may_still_end_it_before() {
        WaiverRule rule = new WaiverRule(
                List.of("duty-store-review"), List.of("technical-lead"), Duration.ofDays(2), Duration.ofHours(12));
        Policy policy =
                Examples.demoPolicy(List.of(rule), Journey.demo().retention(), List.of(wait(Before.STAGING, byPoll())));
        Journey late = new Journey(policy).staging().overdue();
        assertThat(phase(late)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(waited(late).until()).isEqualTo(late.now().plus(Duration.ofHours(12)));
        assertThat(asked(late)).isNotEmpty();

        Journey waived = new Journey(policy).staging().overdue();
        waived.take(waived.waive("duty-store-review", Examples.ADA))
                .take(waived.confirm("duty-store-review", Examples.BEN));
        assertThat(phase(waived)).isEqualTo(ReleasePhase.STAGING);
        assertThat(view(waived).state()).isEqualTo(LineState.WAIVED);

        late.take(polled(late, Outcome.PASSED));
        assertThat(phase(late)).isEqualTo(ReleasePhase.STAGING);
        assertThat(view(late).state()).isEqualTo(LineState.PASSED);
    }

    // ---- after the release

    @Test
    void one_after_the_end_is_waited_for_until_it_is_over_and_escalates() {
        Journey journey = new Journey(
                        Journey.dutiful(wait(Before.END, byCallback(null)).withAfter(Announcing.After.COMPLETED)))
                .completed();
        Instant end = journey.dossier().since();
        DutyView.Timing timing = Objects.requireNonNull(view(journey).timing());
        assertThat(timing.due()).isEqualTo(end.plus(EXPECTED));
        assertThat(timing.escalates()).isEqualTo(end.plus(LONGEST));

        journey.take(callback(journey, BOT, Result.PASSED));

        assertThat(view(journey).state()).isEqualTo(LineState.PASSED);
        assertThat(AfterWork.open(journey.dossier())).isEmpty();
    }

    // ---- after a restart

    @Test
    void what_is_kept_of_it_reads_back_as_it_was() {
        Journey journey = waiting(Before.STAGING, byPoll());
        journey.take(polled(journey, Outcome.PASSED));
        Dossier d = journey.dossier();

        String kept = MessagingJson.mapper().writeValueAsString(d);

        assertThat(MessagingJson.mapper().readValue(kept, Dossier.class)).isEqualTo(d);
    }
}
