package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.Cohort;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.TrafficLimits;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.Launch;
import dev.slipway.release.application.LocalTypes;
import dev.slipway.release.saga.ReleaseInput.Abort;
import dev.slipway.release.saga.ReleaseInput.AskAgain;
import dev.slipway.release.saga.ReleaseInput.TimedOut;
import dev.slipway.release.wiring.Examples;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ReleaseSagaTest {
    private static final String OP = "user:op@example.test";

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static Cause cause(Journey journey) {
        return Objects.requireNonNull(journey.dossier().cause());
    }

    private static Waiting waiting(Journey journey) {
        return Objects.requireNonNull(Telling.waiting(journey.dossier()));
    }

    private static String refusal(Journey journey) {
        Refusal refusal = journey.refusal();
        return refusal == null ? "" : refusal.code();
    }

    private static <T> T body(Journey journey, String type, Class<T> bodyType) {
        return bodyType.cast(journey.messages()
                .filter(message -> message.type().equals(type))
                .map(Message::body)
                .findFirst()
                .orElseThrow());
    }

    // ---- the way there

    @Test
    void gates_are_asked_with_the_release_that_their_evidence_is_compared_with() {
        Journey journey = new Journey();
        Launch launch = journey.launch(null);
        Baseline baseline = new Baseline(new ReleaseId("hello@0.9.0"), "0.9.0", new Sha("9".repeat(40)));
        journey.take(new ReleaseInput.Launched(new Launch(
                        launch.id(),
                        launch.ordinal(),
                        launch.proposal(),
                        launch.publisher(),
                        launch.policy(),
                        launch.policyHash(),
                        launch.at(),
                        null,
                        null,
                        null,
                        1,
                        null,
                        List.of(),
                        baseline)))
                .take(new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR)));

        assertThat(journey.messages().map(Message::body).filter(Assess.class::isInstance))
                .singleElement()
                .satisfies(assess -> assertThat(((Assess) assess).baseline()).isEqualTo(baseline));
    }

    @Test
    void a_proposal_has_its_revision_read_and_is_told() {
        Journey journey = new Journey().proposed();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.PROPOSED);
        assertThat(journey.effects())
                .contains(
                        new Effect.StartTask(
                                Work.READ,
                                Work.READ,
                                new Work.ReadRevision(Journey.demo().source(), Examples.SHA, true, "v1.0.0")),
                        Effect.startTimer(ReleaseSaga.DEADLINE, Journey.START.plus(Duration.ofMinutes(5))));
        assertThat(journey.sent()).contains(ReleaseTypes.RELEASE_STATUS, LocalTypes.MOVED);
        assertThat(waiting(journey).owner()).isEqualTo("release-service");
    }

    @Test
    void a_refused_proposal_stands_there_as_rejected() {
        Journey journey = new Journey();
        journey.take(new ReleaseInput.Launched(journey.launch(Cause.of("version-taken", "It exists."))));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(cause(journey).kind()).isEqualTo("version-taken");
        assertThat(journey.sent()).contains(ReleaseTypes.RELEASE_STATUS);
    }

    @Test
    void a_release_is_launched_once() {
        Journey journey = new Journey().validating();
        Dossier before = journey.dossier();

        assertThat(journey.proposed().dossier()).isEqualTo(before);
        assertThat(journey.effects()).isEmpty();
    }

    @Test
    void a_revision_that_git_does_not_have_is_rejected() {
        Journey journey = new Journey().proposed().take(new ReleaseInput.RevisionRefused("No such revision."));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(cause(journey).text()).isEqualTo("No such revision.");
    }

    @Test
    void pre_release_gates_merge_gates_and_required_checks_are_asked_in_one_question() {
        Journey journey = new Journey().validating();

        Assess assess = body(journey, ValidationTypes.ASSESS, Assess.class);
        assertThat(assess.question()).hasToString("hello@1.0.0/assess-pre-release/1");
        assertThat(assess.stage()).isEqualTo(Stage.PRE_RELEASE);
        assertThat(assess.gates())
                .extracting("id")
                .containsExactly("unit-tests", "merge", "check-build", "check-unit-tests");
        assertThat(assess.gates().getLast().check()).isEqualTo("required-check:unit-tests");
        assertThat(assess.askedAt()).isEqualTo(Journey.START);
    }

    @Test
    void the_same_question_is_asked_again_until_it_is_answered() {
        Journey journey = new Journey().validating();
        Assess first = body(journey, ValidationTypes.ASSESS, Assess.class);

        journey.after(Duration.ofSeconds(5)).take(new AskAgain());

        assertThat(body(journey, ValidationTypes.ASSESS, Assess.class)).isEqualTo(first);
        assertThat(journey.effects())
                .contains(Effect.startTimer(ReleaseSaga.REPEAT, Journey.START.plus(Duration.ofSeconds(10))));
        journey.take(journey.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED));
        assertThat(journey.effects()).contains(Effect.stopTimer(ReleaseSaga.REPEAT));
    }

    @Test
    void a_failed_gate_rejects_and_says_observed_value_and_limit() {
        Journey journey = new Journey().validating();
        journey.take(journey.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.FAILED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(cause(journey))
                .isEqualTo(new Cause(
                        "gate-failed", "Gate unit-tests: because", "seen", "tests.total >= 1, tests.failed == 0"));
    }

    @Test
    void an_inconclusive_gate_expires() {
        Journey journey = new Journey().validating();
        journey.take(journey.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.INCONCLUSIVE));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.EXPIRED);
        assertThat(cause(journey).kind()).isEqualTo("gate-inconclusive");
    }

    @Test
    void a_pass_that_leaves_out_a_gate_is_no_pass() {
        Journey journey = new Journey().validating();
        AssessmentStatus whole =
                ((ReleaseInput.Assessed) journey.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED)).status();

        journey.take(new ReleaseInput.Assessed(
                "v",
                9,
                new AssessmentStatus(
                        whole.question(), Outcome.PASSED, whole.gates().subList(0, 3))));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.VALIDATING);
    }

    @Test
    void an_answer_about_another_release_changes_nothing() {
        Journey journey = new Journey().validating();
        AssessmentStatus whole =
                ((ReleaseInput.Assessed) journey.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED)).status();
        Dossier before = journey.dossier();

        journey.take(new ReleaseInput.Assessed(
                "v",
                9,
                new AssessmentStatus(
                        new dev.slipway.contracts.QuestionKey(
                                new ReleaseId("hello@9.9.9"), Steps.ASSESS_PRE_RELEASE, 1),
                        Outcome.PASSED,
                        whole.gates())));

        assertThat(journey.dossier()).isEqualTo(before);
    }

    // ---- approvals

    @Test
    void two_people_who_did_not_make_the_change_let_it_go_on() {
        Journey journey = new Journey().awaitingApproval();
        assertThat(waiting(journey))
                .isEqualTo(new Waiting(
                        "people",
                        "0 of 2 approvals",
                        Journey.START,
                        Journey.START.plus(Duration.ofHours(72)),
                        "./slipway release approve hello@1.0.0 --as EMAIL"));

        journey.take(journey.approve(Examples.ADA)).take(journey.approve(Examples.ADA));
        assertThat(waiting(journey).what()).isEqualTo("1 of 2 approvals");
        journey.take(journey.approve(Examples.BEN));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
        assertThat(body(journey, DeploymentTypes.START_ROLLOUT, StartRollout.class)
                        .canary())
                .isNull();
    }

    @Test
    void author_and_publisher_may_not_approve() {
        Journey journey = new Journey().awaitingApproval();

        assertThat(refusal(journey.take(journey.approve(Examples.AUTHOR)))).isEqualTo("own-change");
        assertThat(refusal(journey.take(journey.approve(Examples.PUBLISHER)))).isEqualTo("own-change");
        assertThat(journey.dossier().approvals()).isEmpty();
    }

    @Test
    void one_person_with_several_addresses_is_one_person() {
        Policy demo = Journey.demo();
        List<List<String>> people = List.of(
                List.of("Author@Home.test", Examples.AUTHOR),
                List.of("ci@home.test", Examples.PUBLISHER),
                List.of(Examples.ADA, "ada@home.test"));
        Journey journey = new Journey(Examples.policy(
                        demo.application(),
                        demo.source(),
                        demo.contacts(),
                        new Policy.Approvals(2, Duration.ofHours(1), people),
                        demo.checks(),
                        demo.gates(),
                        demo.environments(),
                        demo.merge(),
                        demo.onPush(),
                        demo.freeze()))
                .awaitingApproval();

        assertThat(refusal(journey.take(journey.approve("author@home.test")))).isEqualTo("own-change");
        assertThat(refusal(journey.take(journey.approve("ci@home.test")))).isEqualTo("own-change");
        journey.take(journey.approve(Examples.ADA));
        assertThat(refusal(journey.take(journey.approve("ada@home.test")))).isEqualTo("approved-before");
        assertThat(journey.dossier().approvals()).hasSize(1);
        journey.take(journey.approve(Examples.BEN));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void names_that_nobody_logs_in_by_are_kept_for_whoever_approves() {
        Journey journey = new Journey()
                .proposed()
                .take(new ReleaseInput.RevisionRead(
                        List.of(Examples.AUTHOR), List.of("Ben <ben@users.noreply.github.com>"), List.of()));

        assertThat(journey.dossier().unmatched()).containsExactly("Ben <ben@users.noreply.github.com>");
    }

    @Test
    void an_approval_is_to_exactly_this_sha_these_digests_and_this_policy() {
        Journey journey = new Journey().awaitingApproval();
        String hash = journey.dossier().release().policyHash();
        List<String> digests = List.of(Journey.NEW.value());

        List.of(
                        new ReleaseInput.Approve(Examples.ADA, new Sha("9".repeat(40)), digests, hash, null),
                        new ReleaseInput.Approve(Examples.ADA, Examples.SHA, List.of(Journey.OLD.value()), hash, null),
                        new ReleaseInput.Approve(
                                Examples.ADA,
                                Examples.SHA,
                                List.of(Journey.NEW.value(), Journey.OLD.value()),
                                hash,
                                null),
                        new ReleaseInput.Approve(Examples.ADA, Examples.SHA, List.of(), hash, null),
                        new ReleaseInput.Approve(Examples.ADA, Examples.SHA, digests, "other", null))
                .forEach(other -> assertThat(refusal(journey.take(other))).isEqualTo("another-triple"));
        assertThat(journey.dossier().approvals()).isEmpty();
    }

    @Test
    void approvals_come_in_their_time() {
        Journey journey = new Journey().validating();
        assertThat(refusal(journey.take(journey.approve(Examples.ADA)))).isEqualTo("not-now");

        Journey later = new Journey().staging();
        later.take(later.approve(Examples.ADA));
        assertThat(later.refusal()).isNull();
    }

    @Test
    void without_required_approvals_it_goes_straight_on() {
        Journey journey = new Journey(Journey.policy(0, Journey.demo().gates(), null)).awaitingApproval();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
        assertThat(journey.dossier().milestones())
                .extracting(Milestone::kind)
                .doesNotContain(Milestone.Kind.APPROVAL_ASKED, Milestone.Kind.APPROVED);
    }

    @Test
    void a_policy_without_gates_asks_for_a_way_back_all_the_same_and_goes_through_staging_to_production() {
        Journey journey = new Journey(Journey.policy(0, List.of(), null)).validating();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);

        journey.take(journey.rollout("staging", Phase.FULL));
        assertThat(journey.sent()).contains(DeploymentTypes.CONFIRM_VERIFIED);
        journey.take(journey.rollout("staging", Phase.VERIFIED));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(journey.sent()).contains(DeploymentTypes.PROVE_WAY_BACK).doesNotContain(ValidationTypes.ASSESS);
        assertThat(waiting(journey).what()).isEqualTo("the way back to be proved");
        journey.take(journey.wayBack(true)).seen();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
        assertThat(Telling.gates(journey.dossier())).extracting("gate").contains("way-back");
        journey.take(journey.rollout("production", Phase.FULL));
        assertThat(journey.sent()).contains(DeploymentTypes.CONFIRM_VERIFIED);
        journey.take(journey.rollout("production", Phase.VERIFIED));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.COMPLETED);
    }

    @Test
    void too_few_approvals_expire() {
        Journey journey = new Journey().awaitingApproval();
        journey.take(journey.approve(Examples.ADA)).overdue();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.EXPIRED);
        assertThat(cause(journey).observed()).isEqualTo("1");
        assertThat(cause(journey).limit()).isEqualTo("2");
    }

    // ---- staging

    @Test
    void staging_is_verified_at_the_address_where_the_version_runs() {
        Journey journey = new Journey().verifyingStaging();

        Assess assess = body(journey, ValidationTypes.ASSESS, Assess.class);
        assertThat(assess.gates()).extracting("id").containsExactly("smoke");
        assertThat(assess.address()).hasToString("http://127.0.0.1:1");
        journey.take(journey.assessed(Steps.ASSESS_STAGING, Outcome.PASSED));
        assertThat(journey.sent()).contains(DeploymentTypes.CONFIRM_VERIFIED);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void a_version_that_fails_in_staging_is_taken_back_before_it_is_rejected() {
        Journey journey = new Journey().restoring();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.RESTORING);
        assertThat(journey.sent()).contains(DeploymentTypes.ROLL_BACK);
        journey.take(journey.rollout("staging", Phase.RESTORED));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(cause(journey).text()).isEqualTo("Gate smoke: because");
    }

    @Test
    void a_version_that_does_not_start_in_staging_is_rejected() {
        Journey journey = new Journey().staging();
        journey.take(journey.rollout("staging", Phase.RESTORED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(cause(journey).observed()).isEqualTo("30 %");
    }

    @Test
    void waiting_for_a_slot_is_no_reason_to_give_up_soon() {
        Journey journey = new Journey().staging();
        journey.take(journey.rollout("staging", Phase.WAITING));

        assertThat(Duration.between(journey.now(), waiting(journey).until())).isEqualTo(Duration.ofDays(7));
        journey.after(Duration.ofDays(1)).take(journey.rollout("staging", Phase.STARTING));
        assertThat(Duration.between(journey.now(), waiting(journey).until())).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void staging_that_stays_silent_is_asked_once_more_and_then_given_up() {
        Journey journey = new Journey().staging();
        journey.after(Duration.ofMinutes(4)).take(new TimedOut());
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
        assertThat(journey.sent()).contains(DeploymentTypes.START_ROLLOUT);

        journey.after(Duration.ofSeconds(15)).take(new TimedOut());

        assertThat(phase(journey)).isEqualTo(ReleasePhase.RESTORING);
        journey.take(journey.rollout("staging", Phase.NOT_ADMITTED));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.EXPIRED);
    }

    // ---- candidate

    @Test
    void the_way_back_and_merge_validation_come_once_more_before_production() {
        Journey journey = new Journey().candidate();

        assertThat(journey.sent()).contains(DeploymentTypes.PROVE_WAY_BACK, ValidationTypes.ASSESS);
        assertThat(body(journey, ValidationTypes.ASSESS, Assess.class).gates())
                .extracting("id")
                .containsExactly("merge");
        journey.take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.CANDIDATE);
        journey.take(journey.wayBack(true));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(waiting(journey).what()).isEqualTo("Git to show the revision once more");
        journey.seen();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
        assertThat(Telling.gates(journey.dossier())).extracting("gate").contains("way-back");
    }

    @Test
    void without_a_way_back_there_is_no_production() {
        Journey journey = new Journey().candidate();
        journey.take(journey.wayBack(false));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(cause(journey).kind()).isEqualTo("no-way-back");
    }

    // ---- production

    @Test
    void production_gets_the_steps_the_judgement_and_the_warm_up_of_the_policy() {
        Journey journey = new Journey().rollingOut();

        StartRollout start = body(journey, DeploymentTypes.START_ROLLOUT, StartRollout.class);
        assertThat(start.environment()).hasToString("hello/production");
        assertThat(start.steps())
                .isEqualTo(Journey.demo().environments().production().steps());
        assertThat(start.canary())
                .isEqualTo(Journey.demo().environments().production().canary());
        assertThat(start.warmUpRequests()).extracting("get").containsExactly("/health", "/greet?name=x");
        assertThat(start.artifact().digest()).isEqualTo(Journey.NEW);
        assertThat(start.startWithin()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void all_artifacts_of_a_release_go_to_production_the_first_ahead_of_the_others() {
        Proposal usual = Examples.proposal("1.0.0");
        Artifact assets =
                new Artifact(URI.create("file:/srv/assets.zip"), new Digest("sha256:" + "c".repeat(64)), "assets");
        Proposal both = new Proposal(
                usual.application(),
                usual.version(),
                usual.sha(),
                List.of(usual.artifacts().getFirst(), assets),
                null);

        StartRollout start =
                body(new Journey().proposing(both).rollingOut(), DeploymentTypes.START_ROLLOUT, StartRollout.class);

        assertThat(start.artifact()).isEqualTo(usual.artifacts().getFirst());
        assertThat(start.others()).containsExactly(assets);
    }

    @Test
    void each_environment_is_told_how_its_users_come_and_how_the_version_is_spoken_to() {
        Front staging = new Front(List.of("try.test"), TrafficLimits.DEFAULT, null);
        Front production = new Front(
                List.of("shop.test"),
                new TrafficLimits(Duration.ofSeconds(5), 1024L, 7, List.of("/events")),
                new Cohort(Cohort.Source.HEADER, "X-Beta", "1"));
        Journey journey = new Journey(Journey.reached(staging, production)).awaitingApproval();
        journey.take(journey.approve(Examples.ADA)).take(journey.approve(Examples.BEN));

        StartRollout tried = body(journey, DeploymentTypes.START_ROLLOUT, StartRollout.class);
        assertThat(tried.environment().environment()).isEqualTo("staging");
        assertThat(tried.front()).isEqualTo(staging);

        StartRollout start = body(
                new Journey(Journey.reached(staging, production)).rollingOut(),
                DeploymentTypes.START_ROLLOUT,
                StartRollout.class);
        assertThat(start.environment().isProduction()).isTrue();
        assertThat(start.front()).isEqualTo(production);
        assertThat(start.target().http2()).isTrue();
    }

    @Test
    void bad_news_in_production_is_told_at_once_and_ends_as_rolled_back() {
        Journey journey = new Journey().rollingBack();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_BACK);
        ReleaseStatus status = body(journey, ReleaseTypes.RELEASE_STATUS, ReleaseStatus.class);
        assertThat(status.milestones().getLast().kind()).isEqualTo(Milestone.Kind.ROLLING_BACK);

        journey.take(journey.rollout("production", Phase.RESTORED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLED_BACK);
        assertThat(cause(journey)).isEqualTo(new Cause("worse", "It is worse.", "30 %", "1 %"));
    }

    @Test
    void bad_news_is_never_late_while_baking_and_confirming() {
        for (Journey journey : List.of(new Journey().baking(), new Journey().confirmingProduction())) {
            journey.take(journey.rollout("production", Phase.RESTORED));
            assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLED_BACK);
            assertThat(journey.dossier().milestones())
                    .extracting(Milestone::kind)
                    .endsWith(Milestone.Kind.ROLLING_BACK, Milestone.Kind.ROLLED_BACK);
        }
    }

    @Test
    void a_first_release_that_goes_wrong_needs_an_operator() {
        Journey journey = new Journey().nothingToRestore();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.NEEDS_OPERATOR);
        assertThat(cause(journey).text()).contains("nothing to go back to");
        assertThat(waiting(journey).command()).isEqualTo("./slipway release resolve hello@1.0.0 --reason WHY");
        assertThat(refusal(journey.take(new ReleaseInput.Retry(OP, "", null)))).isEqualTo("not-now");
        journey.take(new ReleaseInput.Resolve(OP, "looked at it", null));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLED_BACK);
    }

    @Test
    void verified_while_going_back_was_too_late_and_is_said() {
        Journey journey = new Journey().rollingBack();
        journey.take(journey.rollout("production", Phase.VERIFIED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.MERGING);
        assertThat(cause(journey).kind()).isEqualTo("too-late");
    }

    @Test
    void displaced_is_superseded() {
        Journey journey = new Journey().rollingOut();
        journey.take(journey.rollout("production", Phase.DISPLACED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.SUPERSEDED);
    }

    @Test
    void a_rollout_that_waits_for_a_person_is_told_once() {
        Journey journey = new Journey().rollingOut();
        journey.take(journey.rollout("production", Phase.STEPPING))
                .take(journey.rollout("production", Phase.STEPPING, null, true))
                .take(journey.rollout("production", Phase.STEPPING, null, true));

        assertThat(journey.dossier().milestones())
                .filteredOn(milestone -> milestone.kind() == Milestone.Kind.PAUSED)
                .hasSize(1);
        assertThat(waiting(journey).owner()).isEqualTo("people");
        assertThat(waiting(journey).command()).isEqualTo("./slipway release resume hello@1.0.0");
    }

    @Test
    void a_judgement_that_ticks_is_saved_but_tells_nobody() {
        Journey journey = new Journey().rollingOut();
        journey.take(journey.rollout("production", Phase.STEPPING)).take(journey.rollout("production", Phase.STEPPING));

        assertThat(journey.effects()).isEmpty();
    }

    @Test
    void an_older_status_is_dropped_and_an_equal_one_is_an_answer() {
        Journey journey = new Journey().rollingOut();
        var stepping = (ReleaseInput.RolloutChanged) journey.rollout("production", Phase.STEPPING);
        var full = (ReleaseInput.RolloutChanged) journey.rollout("production", Phase.FULL);
        journey.take(full);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.BAKING);

        journey.take(stepping);
        assertThat(journey.dossier().rollout("production").orElseThrow().phase())
                .isEqualTo(Phase.FULL);
        journey.take(new ReleaseInput.RolloutChanged(full.source(), full.version(), stepping.status()));
        assertThat(journey.dossier().rollout("production").orElseThrow().phase())
                .isEqualTo(Phase.STEPPING);
    }

    @Test
    void once_production_says_that_the_bake_has_passed_it_confirms_and_then_it_is_merged() {
        Journey journey = new Journey().baking();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.BAKING);
        assertThat(waiting(journey).what()).isEqualTo("the bake at 95 % of traffic to pass");
        assertThat(journey.dossier().milestones())
                .last()
                .satisfies(milestone -> assertThat(milestone.cause().text())
                        .isEqualTo("Every step has passed: it has 95 % of traffic and is watched."));

        journey.take(journey.rollout("production", Phase.FULL));
        assertThat(journey.sent()).contains(DeploymentTypes.CONFIRM_VERIFIED);
        journey.take(journey.rollout("production", Phase.VERIFIED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.MERGING);
        assertThat(journey.effects())
                .contains(new Effect.StartTask(
                        Work.MERGE,
                        Work.MERGE,
                        new Work.MergeRevision(
                                Journey.ID, Journey.demo().source(), Examples.SHA, "v1.0.0", List.of())));
    }

    @Test
    void a_bake_is_never_over_because_time_has_passed() {
        Journey journey = new Journey().baking();
        Policy.Environments.Production production =
                Journey.demo().environments().production();
        assertThat(Duration.between(journey.now(), waiting(journey).until()))
                .as("longer than production itself may take")
                .isGreaterThan(production.bake().plus(production.canary().stepWithin()));

        journey.take(new TimedOut());
        assertThat(phase(journey)).isEqualTo(ReleasePhase.BAKING);
        assertThat(journey.sent())
                .as("it asks before it acts")
                .contains(DeploymentTypes.START_ROLLOUT)
                .doesNotContain(DeploymentTypes.CONFIRM_VERIFIED, DeploymentTypes.ROLL_BACK);

        journey.overdue();
        assertThat(journey.dossier().rollout("production").orElseThrow().phase())
                .isEqualTo(Phase.BAKING);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_BACK);
        assertThat(cause(journey).text()).isEqualTo("Production does not say that the bake has passed.");
        assertThat(journey.sent()).contains(DeploymentTypes.ROLL_BACK).doesNotContain(DeploymentTypes.CONFIRM_VERIFIED);
    }

    @Test
    void a_bake_that_production_holds_is_told_to_people_again_and_again_and_ends_on_their_word() {
        Journey journey = new Journey().baking();
        journey.take(journey.rollout("production", Phase.BAKING, null, true));
        assertThat(journey.dossier().milestones())
                .last()
                .satisfies(milestone -> assertThat(milestone.kind()).isEqualTo(Milestone.Kind.PAUSED));
        assertThat(waiting(journey).owner()).isEqualTo("people");
        assertThat(waiting(journey).what()).isEqualTo("the bake at 95 % of traffic to pass, paused");
        int told = journey.dossier().milestones().size();

        journey.overdue().overdue();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.BAKING);
        assertThat(journey.dossier().milestones()).hasSize(told + 2);

        journey.take(new ReleaseInput.Promote(OP, "no traffic on Sundays", false, null));
        assertThat(journey.sent()).contains(DeploymentTypes.PROMOTE);
    }

    @Test
    void a_machine_that_slept_through_the_bake_waits_on_for_what_production_says() {
        Journey journey = new Journey().baking();
        journey.after(Duration.ofHours(80)).take(new TimedOut());

        assertThat(phase(journey)).isEqualTo(ReleasePhase.BAKING);
        assertThat(journey.sent()).doesNotContain(DeploymentTypes.CONFIRM_VERIFIED);
    }

    @Test
    void production_that_stays_silent_is_rolled_back() {
        Journey journey = new Journey().rollingOut().overdue();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_BACK);
        assertThat(cause(journey).kind()).isEqualTo("overdue");
        assertThat(journey.sent()).contains(DeploymentTypes.ROLL_BACK);
    }

    @Test
    void an_environment_that_forgot_the_rollout_needs_an_operator() {
        Journey journey = new Journey().rollingOut();
        journey.take(journey.rollout("production", Phase.UNKNOWN));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.NEEDS_OPERATOR);
        journey.take(new ReleaseInput.Retry(OP, "", null));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_BACK);
    }

    // ---- the end

    @Test
    void merged_is_completed_and_finished_once_everyone_has_planned_to_tell_it() {
        Journey journey = new Journey().completed();
        ReleaseSaga saga = new ReleaseSaga(Examples.SAGA_LIMITS);

        assertThat(phase(journey)).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(journey.dossier().cause()).isNull();
        assertThat(saga.finished(journey.dossier())).isFalse();
        journey.take(new AskAgain());
        assertThat(journey.sent()).containsExactly(ReleaseTypes.RELEASE_STATUS);
        assertThat(saga.finished(journey.told().dossier())).isTrue();
        assertThat(journey.effects()).contains(Effect.stopTimer(ReleaseSaga.REPEAT));
    }

    @Test
    void a_failed_merge_rolls_nothing_back_and_can_be_tried_again() {
        Journey journey = new Journey().needsOperatorForMerging();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.NEEDS_OPERATOR);
        assertThat(journey.sent()).doesNotContain(DeploymentTypes.ROLL_BACK);
        assertThat(waiting(journey).command()).isEqualTo("./slipway release retry hello@1.0.0");

        journey.take(new ReleaseInput.Retry(OP, "fixed the conflict", null));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.MERGING);
        assertThat(journey.effects()).anyMatch(Effect.StartTask.class::isInstance);
    }

    @Test
    void who_needs_an_operator_reminds_them() {
        Journey journey = new Journey().needsOperatorForMerging();
        int told = journey.dossier().milestones().size();

        journey.overdue();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.NEEDS_OPERATOR);
        assertThat(journey.dossier().milestones()).hasSize(told + 1);
        assertThat(journey.effects())
                .contains(Effect.startTimer(ReleaseSaga.DEADLINE, journey.now().plus(Duration.ofHours(24))));
    }

    @Test
    void a_late_answer_still_counts_while_an_operator_is_waited_for() {
        Journey production = new Journey().needsOperatorForProduction();
        production.take(production.rollout("production", Phase.RESTORED));
        assertThat(phase(production)).isEqualTo(ReleasePhase.ROLLED_BACK);

        Journey confirming = new Journey().needsOperatorForConfirming();
        confirming.take(confirming.rollout("production", Phase.VERIFIED));
        assertThat(phase(confirming)).isEqualTo(ReleasePhase.MERGING);

        Journey staging = new Journey().needsOperatorForStaging();
        staging.take(staging.rollout("staging", Phase.RESTORED));
        assertThat(phase(staging)).isEqualTo(ReleasePhase.REJECTED);
    }

    @Test
    void an_ended_release_stays_ended() {
        Journey journey = new Journey().completed().told();
        Dossier before = journey.dossier();

        journey.take(journey.rollout("production", Phase.RESTORED)).take(new TimedOut());

        assertThat(journey.dossier()).isEqualTo(before);
        assertThat(refusal(journey.take(new Abort(OP, "", null)))).isEqualTo("not-now");
    }

    // ---- abort, supersede, steer

    @Test
    void abort_before_staging_ends_at_once_and_drops_the_work() {
        Journey journey = new Journey().proposed().take(new Abort(OP, "wrong branch", null));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.ABORTED);
        assertThat(cause(journey).text()).isEqualTo("Aborted by op@example.test: wrong branch");
        assertThat(journey.effects()).contains(new Effect.DropTask(Work.READ), Effect.stopTimer(ReleaseSaga.DEADLINE));
    }

    @Test
    void abort_in_staging_restores_it_first() {
        Journey journey = new Journey().staging().take(new Abort(OP, "", null));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.RESTORING);

        journey.take(journey.rollout("staging", Phase.RESTORED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.ABORTED);
    }

    @Test
    void abort_in_production_goes_back_and_ends_as_rolled_back_by_a_person() {
        Journey journey = new Journey().rollingOut().take(new Abort(OP, "", null));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_BACK);
        assertThat(journey.sent()).contains(DeploymentTypes.ABORT);

        journey.take(journey.rollout("production", Phase.RESTORED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLED_BACK);
        assertThat(cause(journey).kind()).isEqualTo("aborted");
    }

    @Test
    void abort_before_production_was_admitted_ends_as_aborted() {
        Journey journey = new Journey().rollingOut().take(new Abort(OP, "", null));
        journey.take(journey.rollout("production", Phase.NOT_ADMITTED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.ABORTED);
    }

    @Test
    void abort_while_going_back_is_recorded_and_changes_nothing() {
        Journey journey = new Journey().rollingBack();
        ReleaseState before = journey.dossier().state();

        journey.take(new Abort(OP, "", null));

        assertThat(journey.refusal()).isNull();
        assertThat(journey.dossier().state()).isEqualTo(before);
        assertThat(journey.dossier().notes()).extracting("by").containsExactly(OP);
    }

    @Test
    void abort_while_merging_skips_the_merge() {
        Journey journey = new Journey().merging().take(new Abort(OP, "", null));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(journey.dossier().mergedAs()).isNull();
        assertThat(journey.effects()).contains(new Effect.DropTask(Work.MERGE));
    }

    @Test
    void the_same_request_key_takes_effect_once() {
        Journey journey = new Journey().stepping();
        journey.take(new ReleaseInput.Pause(OP, "", "key")).take(new ReleaseInput.Pause(OP, "", "key"));

        assertThat(journey.refusal()).isNull();
        assertThat(journey.effects()).isEmpty();
        assertThat(journey.dossier().notes()).hasSize(1);
    }

    @Test
    void pause_resume_and_promote_go_to_the_environment() {
        Journey journey = new Journey().stepping();

        assertThat(journey.take(new ReleaseInput.Pause(OP, "", null)).sent()).contains(DeploymentTypes.PAUSE);
        journey.take(journey.rollout("production", Phase.STEPPING, null, true));
        assertThat(journey.take(new ReleaseInput.Resume(OP, "", null)).sent()).contains(DeploymentTypes.RESUME);
        assertThat(journey.take(new ReleaseInput.Promote(OP, "", true, null)).sent())
                .contains(DeploymentTypes.PROMOTE);
        Journey early = new Journey().validating().take(new ReleaseInput.Pause(OP, "", null));
        assertThat(Objects.requireNonNull(early.refusal()).detail())
                .isEqualTo("Release hello@1.0.0 is VALIDATING, where pause is not possible. Possible: abort.");
    }

    @Test
    void superseded_before_production_makes_room() {
        ReleaseInput newer = new ReleaseInput.Superseded(new ReleaseId("hello@1.1.0"), null);

        assertThat(phase(new Journey().awaitingApproval().take(newer))).isEqualTo(ReleasePhase.SUPERSEDED);
        Journey staging = new Journey().staging().take(newer);
        assertThat(phase(staging)).isEqualTo(ReleasePhase.RESTORING);
        assertThat(phase(staging.take(staging.rollout("staging", Phase.RESTORED))))
                .isEqualTo(ReleasePhase.SUPERSEDED);
    }

    @Test
    void superseded_with_production_asked_for_only_asks() {
        ReleaseInput newer = new ReleaseInput.Superseded(new ReleaseId("hello@1.1.0"), null);
        Journey journey = new Journey().rollingOut().take(newer);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
        assertThat(journey.sent()).contains(DeploymentTypes.WITHDRAW);
        assertThat(phase(journey.take(journey.rollout("production", Phase.NOT_ADMITTED))))
                .isEqualTo(ReleasePhase.SUPERSEDED);

        Journey admitted = new Journey().rollingOut().take(newer);
        admitted.take(admitted.rollout("production", Phase.STARTING)).take(new AskAgain());
        assertThat(phase(admitted)).isEqualTo(ReleasePhase.ROLLING_OUT);
        assertThat(admitted.sent()).doesNotContain(DeploymentTypes.WITHDRAW);
    }

    @Test
    void every_state_that_is_no_end_has_a_deadline() {
        List.of(
                        new Journey().proposed(),
                        new Journey().validating(),
                        new Journey().awaitingApproval(),
                        new Journey().staging(),
                        new Journey().confirmingStaging(),
                        new Journey().candidate(),
                        new Journey().rollingOut(),
                        new Journey().baking(),
                        new Journey().merging(),
                        new Journey().restoring(),
                        new Journey().rollingBack(),
                        new Journey().nothingToRestore())
                .forEach(journey -> {
                    Wait wait = Objects.requireNonNull(journey.dossier().state().waits());
                    assertThat(wait.until()).isAfter(journey.now());
                    assertThat(journey.effects()).contains(Effect.startTimer(ReleaseSaga.DEADLINE, wait.until()));
                });
    }

    @Test
    void milestones_are_bounded_but_the_end_is_always_told() {
        SagaLimits limits = Examples.SAGA_LIMITS;
        Journey journey = new Journey().needsOperatorForMerging();
        for (int i = 0; i < limits.milestonesMax() + 10; i++) {
            journey.overdue();
        }
        assertThat(journey.dossier().milestones()).hasSize(limits.milestonesMax());

        journey.take(new ReleaseInput.Resolve(OP, "merged by hand", null));

        assertThat(journey.dossier().milestones().getLast().kind()).isEqualTo(Milestone.Kind.COMPLETED);
    }

    @Test
    void a_policy_without_merge_ends_when_production_is_verified() {
        Policy policy = Journey.policy(2, Journey.demo().gates(), null);
        Journey journey = new Journey(policy).merging();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.COMPLETED);
    }
}
