package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class WaiversTest {
    private static final String PRE_RELEASE = Steps.ASSESS_PRE_RELEASE;

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static String refusal(Journey journey) {
        Refusal refusal = journey.refusal();
        return refusal == null ? "" : refusal.code();
    }

    private static GateVerdict verdict(Journey journey, String gate) {
        return Telling.gates(journey.dossier()).stream()
                .filter(verdict -> verdict.gate().equals(gate))
                .findFirst()
                .orElseThrow();
    }

    private static Journey stopped() {
        Journey journey = new Journey(Journey.waivable()).validating();
        return journey.take(journey.onlyFailed(PRE_RELEASE, "unit-tests"));
    }

    private static Journey asked() {
        Journey journey = stopped();
        return journey.take(journey.waive("unit-tests", Examples.ADA));
    }

    private static Journey waived() {
        Journey journey = asked();
        return journey.take(journey.confirm("unit-tests", Examples.BEN));
    }

    // ---- every gate through every outcome

    /** What a release comes to when this gate says this and all others pass. */
    private record Row(Verdict verdict, boolean waivable, boolean waived, ReleasePhase phase) {}

    private static final List<Row> ROWS = List.of(
            new Row(Verdict.PASSED, false, false, ReleasePhase.AWAITING_APPROVAL),
            new Row(Verdict.PASSED, true, false, ReleasePhase.AWAITING_APPROVAL),
            new Row(Verdict.FAILED, false, false, ReleasePhase.REJECTED),
            new Row(Verdict.INCONCLUSIVE, false, false, ReleasePhase.EXPIRED),
            new Row(Verdict.FAILED, true, false, ReleasePhase.VALIDATING),
            new Row(Verdict.INCONCLUSIVE, true, false, ReleasePhase.VALIDATING),
            new Row(Verdict.FAILED, true, true, ReleasePhase.AWAITING_APPROVAL),
            new Row(Verdict.INCONCLUSIVE, true, true, ReleasePhase.AWAITING_APPROVAL));

    @TestFactory
    Stream<DynamicTest> every_gate_of_the_first_question_comes_to_what_its_verdict_and_its_waiver_say() {
        return Steps.preRelease(Journey.demo()).stream()
                .map(Gate::id)
                .flatMap(gate ->
                        ROWS.stream().map(row -> DynamicTest.dynamicTest(gate + ": " + row, () -> comesTo(gate, row))));
    }

    private static void comesTo(String gate, Row row) {
        Journey journey = new Journey(row.waivable() ? Journey.waivable(gate) : Journey.demo()).validating();
        journey.take(
                switch (row.verdict()) {
                    case FAILED -> journey.onlyFailed(PRE_RELEASE, gate);
                    case INCONCLUSIVE -> journey.onlyInconclusive(PRE_RELEASE, gate);
                    case PASSED, WAIVED, UNKNOWN -> journey.assessed(PRE_RELEASE, Outcome.PASSED);
                });
        if (row.waived()) {
            journey.take(journey.waive(gate, Examples.ADA)).take(journey.confirm(gate, Examples.BEN));
        }

        assertThat(phase(journey)).isEqualTo(row.phase());
        assertThat(verdict(journey, gate).verdict()).isEqualTo(row.waived() ? Verdict.WAIVED : row.verdict());
    }

    @Test
    void gates_of_staging_and_before_production_are_waived_as_well() {
        Journey staging = new Journey(Journey.waivable("smoke")).verifyingStaging();
        staging.take(staging.onlyInconclusive(Steps.ASSESS_STAGING, "smoke"));
        assertThat(phase(staging)).isEqualTo(ReleasePhase.STAGING);
        staging.take(staging.waive("smoke", Examples.ADA)).take(staging.confirm("smoke", Examples.BEN));
        assertThat(staging.dossier().state())
                .isInstanceOfSatisfying(
                        ReleaseState.Staging.class,
                        state -> assertThat(state.part()).isEqualTo(ReleaseState.Part.CONFIRMING));

        Journey candidate = new Journey(Journey.waivable("merge")).candidate();
        candidate.take(candidate.wayBack(true)).take(candidate.onlyFailed(Steps.ASSESS_CANDIDATE, "merge"));
        assertThat(phase(candidate)).isEqualTo(ReleasePhase.CANDIDATE);
        candidate.take(candidate.waive("merge", Examples.ADA)).take(candidate.confirm("merge", Examples.BEN));
        assertThat(phase(candidate.seen())).isEqualTo(ReleasePhase.ROLLING_OUT);
    }

    @Test
    void one_gate_that_nobody_may_waive_ends_it_though_another_could_be_waived() {
        Journey journey = new Journey(Journey.waivable()).validating();
        journey.take(journey.assessed(PRE_RELEASE, Outcome.FAILED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
    }

    @Test
    void validation_is_told_which_gates_may_be_waived() {
        Journey journey = new Journey(Journey.waivable()).validating();

        assertThat(journey.messages().map(Message::body).filter(Assess.class::isInstance))
                .singleElement()
                .satisfies(assess -> assertThat(((Assess) assess).waivable()).containsExactly("unit-tests"));
    }

    // ---- people

    @Test
    void a_gate_that_may_be_waived_is_waited_for_told_once_and_named_with_the_next_command() {
        Journey journey = stopped();

        Waiting waiting = Objects.requireNonNull(Telling.waiting(journey.dossier()));
        assertThat(waiting.what()).contains("unit-tests");
        assertThat(waiting.command())
                .isEqualTo("./slipway release waive hello@1.0.0 unit-tests --as EMAIL --reason WHY --until TIME");
        assertThat(journey.dossier().milestones().getLast().kind()).isEqualTo(Milestone.Kind.PAUSED);

        int told = journey.dossier().milestones().size();
        journey.take(journey.onlyFailed(PRE_RELEASE, "unit-tests"));
        assertThat(journey.dossier().milestones()).hasSize(told);

        journey.take(journey.waive("unit-tests", Examples.ADA));
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).command())
                .isEqualTo("./slipway release waive hello@1.0.0 unit-tests --as EMAIL --confirm");
        assertThat(phase(journey)).isEqualTo(ReleasePhase.VALIDATING);
    }

    @Test
    void a_waiver_that_was_asked_for_and_confirmed_early_counts_as_soon_as_the_gate_stops_it() {
        Journey journey = new Journey(Journey.waivable()).validating();
        journey.take(journey.waive("unit-tests", Examples.ADA)).take(journey.confirm("unit-tests", Examples.BEN));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.VALIDATING);

        journey.take(journey.onlyFailed(PRE_RELEASE, "unit-tests"));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
    }

    @Test
    void whoever_asks_has_a_role_that_the_policy_names() {
        Journey journey = stopped();

        journey.take(journey.waive("unit-tests", Examples.BEN));

        assertThat(refusal(journey)).isEqualTo("not-your-role");
        assertThat(Objects.requireNonNull(journey.refusal()).detail()).contains("technical-lead");
    }

    @Test
    void the_second_person_is_another_one_who_did_not_make_the_change() {
        Journey journey = asked();

        assertThat(refusal(journey.take(journey.confirm("unit-tests", Examples.ADA))))
                .isEqualTo("same-person");
        assertThat(refusal(journey.take(journey.confirm("unit-tests", Examples.AUTHOR))))
                .isEqualTo("own-change");
        assertThat(refusal(journey.take(journey.confirm("unit-tests", Examples.PUBLISHER))))
                .isEqualTo("own-change");
        assertThat(phase(journey)).isEqualTo(ReleasePhase.VALIDATING);

        assertThat(refusal(journey.take(journey.confirm("unit-tests", Examples.BEN))))
                .isEmpty();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
    }

    @Test
    void a_gate_that_no_rule_names_is_not_waived_and_nothing_is_confirmed_that_nobody_asked_for() {
        Journey journey = new Journey().validating();
        assertThat(refusal(journey.take(journey.waive("unit-tests", Examples.ADA))))
                .isEqualTo("not-waivable");

        Journey nobody = stopped();
        assertThat(refusal(nobody.take(nobody.confirm("unit-tests", Examples.BEN))))
                .isEqualTo("no-waiver");
        assertThat(refusal(nobody.take(nobody.waive("merge", Examples.ADA)))).isEqualTo("not-waivable");
    }

    @Test
    void a_waiver_is_of_exactly_this_sha_these_digests_and_this_policy() {
        Journey journey = stopped();
        ReleaseInput.Triple said = journey.triple();
        Instant until = journey.now().plus(Duration.ofHours(1));

        assertThat(Stream.of(
                        new ReleaseInput.Triple(new Sha("9".repeat(40)), said.digests(), said.policyHash()),
                        new ReleaseInput.Triple(said.sha(), List.of(Journey.OLD.value()), said.policyHash()),
                        new ReleaseInput.Triple(said.sha(), said.digests(), "another")))
                .allSatisfy(other -> {
                    assertThat(refusal(journey.take(
                                    new ReleaseInput.Waive(Examples.ADA, "unit-tests", "why", until, other, null))))
                            .isEqualTo("another-triple");
                    assertThat(refusal(journey.take(
                                    new ReleaseInput.ConfirmWaiver(Examples.BEN, "unit-tests", other, null))))
                            .isEqualTo("another-triple");
                });
    }

    @Test
    void a_waiver_has_a_reason_and_an_end_that_the_policy_allows() {
        Journey journey = stopped();
        Instant now = journey.now();

        assertThat(refusal(journey.take(new ReleaseInput.Waive(
                        Examples.ADA, "unit-tests", " ", now.plusSeconds(60), journey.triple(), null))))
                .isEqualTo("no-reason");
        assertThat(refusal(journey.take(journey.waive("unit-tests", Examples.ADA, now))))
                .isEqualTo("until-out-of-range");
        Instant latest = now.plus(Duration.ofDays(2));
        assertThat(refusal(journey.take(journey.waive("unit-tests", Examples.ADA, latest.plusMillis(1)))))
                .isEqualTo("until-out-of-range");
        assertThat(refusal(journey.take(journey.waive("unit-tests", Examples.ADA, latest))))
                .isEmpty();
    }

    @Test
    void gates_are_waived_before_production_and_not_in_it() {
        Journey journey = new Journey(Journey.waivable()).rollingOut();

        assertThat(refusal(journey.take(journey.waive("unit-tests", Examples.ADA))))
                .isEqualTo("not-now");
    }

    // ---- time

    @Test
    void nobody_who_waives_it_in_time_lets_it_end_as_it_would_have() {
        Journey failed = stopped().overdue();
        assertThat(phase(failed)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(Objects.requireNonNull(failed.dossier().cause()).text()).contains("Nobody has waived it in time");

        Journey inconclusive = new Journey(Journey.waivable()).validating();
        inconclusive.take(inconclusive.onlyInconclusive(PRE_RELEASE, "unit-tests"));
        Wait wait = Objects.requireNonNull(inconclusive.dossier().state().waits());
        assertThat(wait.until()).isEqualTo(inconclusive.now().plus(Duration.ofHours(12)));
        assertThat(inconclusive.effects()).contains(Effect.startTimer(ReleaseSaga.DEADLINE, wait.until()));
        assertThat(phase(inconclusive.overdue())).isEqualTo(ReleasePhase.EXPIRED);
    }

    @Test
    void a_waiver_that_is_over_no_longer_counts_before_production() {
        Journey journey = waived().after(Duration.ofDays(1));

        journey.take(journey.approve(Examples.ADA));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.EXPIRED);
        assertThat(Objects.requireNonNull(journey.dossier().cause()).kind()).isEqualTo("waiver-expired");
        assertThat(verdict(journey, "unit-tests").verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void the_end_of_a_waiver_is_noticed_at_its_time_by_a_timer_though_nothing_else_happens() {
        Journey journey = asked();
        Instant until = journey.now().plus(Duration.ofDays(1));
        assertThat(journey.effects()).contains(Effect.startTimer(ReleaseSaga.WAIVER, until));

        journey.take(journey.confirm("unit-tests", Examples.BEN));
        assertThat(journey.effects()).noneMatch(effect -> effect.equals(Effect.stopTimer(ReleaseSaga.WAIVER)));
        journey.after(Duration.ofDays(1).minusMillis(1)).take(ReleaseSaga.onTimer(ReleaseSaga.WAIVER));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);

        journey.after(Duration.ofMillis(1)).take(ReleaseSaga.onTimer(ReleaseSaga.WAIVER));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.EXPIRED);
        assertThat(Objects.requireNonNull(journey.dossier().cause()).kind()).isEqualTo("waiver-expired");
        assertThat(journey.effects()).contains(Effect.stopTimer(ReleaseSaga.WAIVER));
    }

    @Test
    void of_several_waivers_the_next_end_is_waited_for_and_none_in_production() {
        Journey journey = new Journey(Journey.waivable("unit-tests", "smoke")).validating();
        Instant first = journey.now().plus(Duration.ofHours(2));
        Instant second = journey.now().plus(Duration.ofHours(1));

        assertThat(journey.take(journey.waive("unit-tests", Examples.ADA, first))
                        .effects())
                .contains(Effect.startTimer(ReleaseSaga.WAIVER, first));
        assertThat(journey.take(journey.waive("smoke", Examples.ADA, second)).effects())
                .contains(Effect.startTimer(ReleaseSaga.WAIVER, second));
        assertThat(journey.take(journey.withdraw("smoke", Examples.ADA)).effects())
                .contains(Effect.startTimer(ReleaseSaga.WAIVER, first));
        assertThat(journey.take(journey.withdraw("unit-tests", Examples.ADA)).effects())
                .contains(Effect.stopTimer(ReleaseSaga.WAIVER));
    }

    // ---- taken back

    @Test
    void whoever_asked_confirmed_or_might_have_asked_takes_it_back_and_nobody_else_does() {
        for (String person : List.of(Examples.ADA, Examples.BEN)) {
            Journey journey = waived();
            assertThat(refusal(journey.take(journey.withdraw("unit-tests", person))))
                    .isEmpty();
            assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        }
        Journey journey = waived();
        assertThat(refusal(journey.take(journey.withdraw("unit-tests", Examples.AUTHOR))))
                .isEqualTo("not-your-role");
        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
    }

    @Test
    void a_waiver_that_is_taken_back_ends_what_has_gone_on_with_it_as_its_gate_would_have() {
        Journey failed = waived();
        failed.take(failed.withdraw("unit-tests", Examples.BEN));
        assertThat(phase(failed)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(Objects.requireNonNull(failed.dossier().cause()).text())
                .isEqualTo(
                        "%s has taken back the waiver of gate unit-tests: it loses orders. Propose the release again when the gate passes."
                                .formatted(Examples.BEN));
        assertThat(verdict(failed, "unit-tests").verdict()).isEqualTo(Verdict.FAILED);

        Journey inconclusive = new Journey(Journey.waivable()).validating();
        inconclusive.take(inconclusive.onlyInconclusive(PRE_RELEASE, "unit-tests"));
        inconclusive.take(inconclusive.waive("unit-tests", Examples.ADA));
        inconclusive.take(inconclusive.confirm("unit-tests", Examples.BEN));
        inconclusive.take(inconclusive.withdraw("unit-tests", Examples.ADA));
        assertThat(phase(inconclusive)).isEqualTo(ReleasePhase.EXPIRED);

        Journey staging = waived();
        staging.take(staging.approve(Examples.ADA)).take(staging.approve(Examples.BEN));
        assertThat(phase(staging)).isEqualTo(ReleasePhase.STAGING);
        staging.take(staging.withdraw("unit-tests", Examples.ADA));
        assertThat(phase(staging)).isEqualTo(ReleasePhase.RESTORING);
    }

    @Test
    void one_that_was_only_asked_for_is_taken_back_and_the_release_still_waits() {
        Journey journey = asked();

        journey.take(journey.withdraw("unit-tests", Examples.ADA));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.VALIDATING);
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).command())
                .endsWith("--reason WHY --until TIME");
        assertThat(refusal(journey.take(journey.confirm("unit-tests", Examples.BEN))))
                .isEqualTo("no-waiver");
        assertThat(refusal(journey.take(journey.withdraw("unit-tests", Examples.ADA))))
                .isEqualTo("no-waiver");
        assertThat(refusal(journey.take(journey.waive("unit-tests", Examples.ADA))))
                .isEmpty();
    }

    @Test
    void taking_back_takes_a_reason_and_is_of_this_release_before_production() {
        Journey journey = waived();
        ReleaseInput.Triple other =
                new ReleaseInput.Triple(journey.triple().sha(), journey.triple().digests(), "another");
        assertThat(refusal(journey.take(
                        new ReleaseInput.WithdrawWaiver(Examples.ADA, "unit-tests", " ", journey.triple(), null))))
                .isEqualTo("no-reason");
        assertThat(refusal(
                        journey.take(new ReleaseInput.WithdrawWaiver(Examples.ADA, "unit-tests", "why", other, null))))
                .isEqualTo("another-triple");
        Journey production = new Journey(Journey.waivable()).rollingOut();
        assertThat(refusal(production.take(production.withdraw("unit-tests", Examples.ADA))))
                .isEqualTo("not-now");
    }

    @Test
    void a_half_waiver_that_is_over_is_not_confirmed_and_can_be_asked_for_again() {
        Journey journey = stopped();
        journey.take(journey.waive("unit-tests", Examples.ADA, journey.now().plusSeconds(60)))
                .after(Duration.ofMinutes(1));

        assertThat(refusal(journey.take(journey.confirm("unit-tests", Examples.BEN))))
                .isEqualTo("no-waiver");
        assertThat(refusal(journey.take(journey.waive("unit-tests", Examples.ADA))))
                .isEmpty();
        assertThat(refusal(journey.take(journey.confirm("unit-tests", Examples.BEN))))
                .isEmpty();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
    }

    // ---- what is told

    @Test
    void a_waived_gate_says_what_it_said_who_waived_it_and_why() {
        GateVerdict verdict = verdict(waived(), "unit-tests");

        assertThat(verdict.observed()).isEqualTo("seen");
        assertThat(verdict.cause())
                .contains("Known limitation", Examples.ADA, Examples.BEN, "flaky, see 12", "It was failed: because");
    }

    @Test
    void whoever_is_told_of_the_release_and_whoever_reads_its_tag_reads_the_known_limitation() {
        Journey journey = waived().take(new Journey().approve(Examples.ADA));
        journey.take(journey.approve(Examples.BEN)).take(journey.rollout("staging", Phase.FULL));
        journey.take(journey.assessed(Steps.ASSESS_STAGING, Outcome.PASSED))
                .candidateNow()
                .take(journey.wayBack(true))
                .take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED))
                .seen()
                .take(journey.rollout("production", Phase.VERIFIED));

        assertThat(journey.effects().stream().filter(Effect.StartTask.class::isInstance))
                .singleElement()
                .satisfies(task -> assertThat(((Work.MergeRevision) ((Effect.StartTask) task).body()).limitations())
                        .singleElement()
                        .asString()
                        .contains("gate unit-tests waived until", Examples.ADA, Examples.BEN, "flaky, see 12"));

        journey.take(new ReleaseInput.Merged(new Sha("2".repeat(40))));
        assertThat(journey.dossier().milestones().getLast().cause().text())
                .contains("Known limitations: gate unit-tests waived until");
    }

    @Test
    void a_policy_that_names_no_waivers_says_so() {
        Policy none = Journey.demo();

        assertThat(none.waivers()).isEmpty();
        assertThat(none.waiver("unit-tests")).isEmpty();
    }
}
