package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.PathReview;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.messaging.Effect;
import dev.slipway.release.application.Launch;
import dev.slipway.release.wiring.Examples;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A changed script needs the yes of somebody who is named for it, on exactly this revision. */
final class PathReviewsTest {
    private static final String ADA = Examples.ADA;
    private static final String BEN = Examples.BEN;
    private static final String CY = "cy@example.test";
    private static final String SCRIPTS = "paths: [{files: [\"deploy/**\"], by: devops}]";
    private static final String TWO =
            "paths: [{files: [\"deploy/**\"], by: devops}, {files: [\"*.sql\"], by: [support, Ada@Example.test]}]";

    private static Policy policy(String approvals) {
        return VotesTest.policy(approvals);
    }

    private static @Nullable ChangedFiles changed(Policy policy, String... paths) {
        return ChangedFiles.of(policy.approvals().paths(), List.of(paths), null, false);
    }

    private static ReleaseInput read(@Nullable ChangedFiles changed) {
        return new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR), List.of(), List.of(), null, null, changed);
    }

    private static Journey asked(String approvals, String... paths) {
        Policy policy = policy(approvals);
        Journey journey = new Journey(policy).proposed().take(read(changed(policy, paths)));
        return journey.take(journey.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED));
    }

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static Waiting waiting(Journey journey) {
        return Objects.requireNonNull(Telling.waiting(journey.dossier()));
    }

    private static VoteView view(Journey journey) {
        return Objects.requireNonNull(Votes.view(journey.dossier()));
    }

    // ---- who is wanted

    @Test
    void as_many_as_are_wanted_are_not_enough_without_whom_the_changed_file_wants() {
        Journey journey = asked("required: 1, " + SCRIPTS, "deploy/run.sh", "src/Main.java");
        journey.take(journey.approve(ADA)).take(journey.approve(CY));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(waiting(journey).what()).isEqualTo("2 of 1 approval; still wanted: devops for deploy/run.sh");
        assertThat(waiting(journey).command()).contains("release approve");

        journey.take(journey.approve(BEN));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void where_no_such_file_has_changed_nobody_in_particular_is_wanted() {
        Journey journey = asked("required: 1, " + SCRIPTS, "src/Main.java");
        assertThat(view(asked("required: 1, roles: [support], " + SCRIPTS, "src/Main.java"))
                        .reviews())
                .isEmpty();

        journey.take(journey.approve(CY));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void one_person_counts_for_each_rule_that_names_them_and_for_their_role_as_well() {
        Journey journey = asked(
                "required: 1, roles: [devops], paths: [{files: [\"deploy/**\"], by: devops}, {files: [\"*.sql\"], by: [%s]}]"
                        .formatted(BEN),
                "deploy/run.sh",
                "schema.sql");

        journey.take(journey.approve(BEN));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void a_person_is_known_under_all_of_their_addresses() {
        Journey journey =
                asked("required: 1, people: [[%s, ben@home.test]], %s".formatted(BEN, SCRIPTS), "deploy/run.sh");

        journey.take(journey.approve("ben@home.test"));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void any_one_of_those_that_a_rule_names_will_do_and_each_rule_wants_one() {
        Journey journey = asked("required: 1, " + TWO, "deploy/run.sh", "schema.sql");
        journey.take(journey.approve(ADA));
        assertThat(waiting(journey).what()).contains("still wanted: devops for deploy/run.sh");
        assertThat(waiting(journey).what()).doesNotContain("schema.sql");

        journey.take(journey.approve(BEN));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void whoever_takes_their_yes_back_is_wanted_again() {
        Journey journey = asked("required: 2, " + SCRIPTS, "deploy/run.sh");
        journey.take(journey.approve(BEN)).take(VotesTest.no(journey, BEN, "it deletes too much"));
        journey.take(journey.approve(ADA)).take(journey.approve(CY));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(waiting(journey).what()).contains("still wanted: devops for deploy/run.sh");
    }

    // ---- what is not known counts

    @Test
    void where_too_much_has_changed_or_nobody_has_looked_every_rule_counts() {
        Policy policy = policy("required: 1, " + TWO);
        List<PathReview> rules = policy.approvals().paths();
        Launch launch = new Journey(policy).launch(null);

        assertThat(PathReviews.of(launch, ChangedFiles.of(rules, List.of("deploy/a"), null, true)))
                .containsExactly(
                        new PathReviews.Wanted(rules.get(0), List.of("deploy/a"), null),
                        new PathReviews.Wanted(rules.get(1), List.of(), null));
        assertThat(PathReviews.of(launch, null))
                .extracting(PathReviews.Wanted::review)
                .isEqualTo(rules);

        Journey journey = new Journey(policy).awaitingApproval();
        journey.take(journey.approve(CY));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        journey.take(journey.approve(BEN)).take(journey.approve(ADA));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void files_are_named_up_to_a_bound_and_counted_beyond_it() {
        PathReview rule = new PathReview(List.of("deploy/**"), List.of("devops"));
        List<String> many =
                IntStream.range(0, 30).mapToObj("deploy/%02d"::formatted).toList();
        ChangedFiles changed = ChangedFiles.of(List.of(rule), many.reversed(), null, false);

        ChangedFiles.Match match = changed.matches().getFirst();
        assertThat(match.files()).isEqualTo(30);
        assertThat(match.shown()).hasSize(ChangedFiles.SHOWN_MAX).startsWith("deploy/00", "deploy/01");
        assertThat(new PathReviews.Wanted(rule, match.shown(), 10).files())
                .isEqualTo("deploy/00, deploy/01, deploy/02 and 27 more");
        assertThat(new PathReviews.Wanted(rule, List.of("deploy/00"), null).files())
                .isEqualTo("deploy/00 and others");
    }

    // ---- what git is asked

    @Test
    void git_is_asked_once_since_the_last_verified_release() {
        Policy policy = policy("required: 1, " + SCRIPTS);
        Launch first = new Journey(policy).launch(null);
        Sha verified = new Sha("2".repeat(40));
        Launch next = new Launch(
                first.id(),
                2,
                first.proposal(),
                first.publisher(),
                policy,
                first.policyHash(),
                first.at(),
                null,
                null,
                null,
                1,
                null,
                List.of(),
                new Baseline(first.id(), "0.9.0", verified));

        assertThat(question(next).since()).isEqualTo(verified);
        assertThat(question(next).paths()).isEqualTo(policy.approvals().paths());
        assertThat(question(first).since()).isNull();
        assertThat(question(new Journey(policy("required: 1")).launch(null)).paths())
                .isEmpty();
    }

    private static Work.ReadRevision question(Launch launch) {
        Effect.StartTask task = Work.of(Prospect.of(launch)).orElseThrow();
        return (Work.ReadRevision) task.body();
    }

    @Test
    void what_is_read_again_before_production_changes_nothing_of_it() {
        Journey journey = asked("required: 1, " + SCRIPTS, "deploy/run.sh");
        journey.take(journey.approve(BEN)).take(journey.rollout("staging", Phase.FULL));
        ChangedFiles before = journey.dossier().changed();

        journey.take(read(null));
        assertThat(journey.dossier().changed()).isNotNull().isEqualTo(before);
    }

    // ---- nobody is left

    @Test
    void a_file_that_only_its_author_may_approve_keeps_the_release_from_beginning() {
        Policy policy = policy("required: 1, " + SCRIPTS);
        Journey journey = new Journey(policy)
                .proposed()
                .take(new ReleaseInput.RevisionRead(
                        List.of(BEN), List.of(), List.of(), null, null, changed(policy, "deploy/run.sh")));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(Objects.requireNonNull(journey.dossier().cause()).text())
                .contains(
                        "It changes deploy/run.sh, which devops has to approve",
                        "ben@example.test made the change",
                        "approvals.paths");

        Journey other = new Journey(policy)
                .proposed()
                .take(new ReleaseInput.RevisionRead(
                        List.of(BEN), List.of(), List.of(), null, null, changed(policy, "src/Main.java")));
        assertThat(phase(other)).as("nothing of theirs has changed").isEqualTo(ReleasePhase.VALIDATING);
    }

    // ---- who is told

    @Test
    void whoever_is_asked_is_told_which_files_have_changed() {
        Journey journey = asked("required: 1, " + TWO, "deploy/a", "deploy/b", "deploy/c", "deploy/d", "schema.sql");

        assertThat(journey.dossier().milestones().getLast().cause().text())
                .contains(
                        "1 approval is asked for.",
                        "Changed: deploy/a, deploy/b, deploy/c and 1 more; devops has to approve that.",
                        "Changed: schema.sql; support or ada@example.test has to approve that.");
        assertThat(journey.dossier().milestones().getLast().asked())
                .containsExactly("technical-lead", "devops", "support");
        assertThat(view(journey).reviews())
                .containsExactly(
                        new VoteView.Review(
                                List.of("deploy/**"),
                                List.of("devops"),
                                List.of("deploy/a", "deploy/b", "deploy/c", "deploy/d"),
                                0,
                                true),
                        new VoteView.Review(List.of("*.sql"), List.of("support", ADA), List.of("schema.sql"), 0, true));
    }

    @Test
    void a_plan_says_who_would_be_asked_and_then_who_is() {
        Journey before = new Journey(policy("required: 1, " + SCRIPTS)).proposed();
        assertThat(review(before).state()).isEqualTo(LineState.OPEN);
        assertThat(review(before).of()).containsExactly("Ben (devops)");
        assertThat(review(asked("required: 1, " + SCRIPTS, "src/Main.java")).state())
                .isEqualTo(LineState.DOES_NOT_APPLY);

        Journey journey = asked("required: 2, " + SCRIPTS, "deploy/run.sh");
        assertThat(review(journey).state()).isEqualTo(LineState.DUE);
        assertThat(review(journey).why()).contains("nobody has said yes of devops for deploy/run.sh");
        journey.take(journey.approve(BEN));
        assertThat(review(journey).state()).isEqualTo(LineState.PASSED);
        assertThat(GuideStates.in(journey.dossier()).approval(GuideAnswer.PATHS).state())
                .isEqualTo(LineState.PASSED);
    }

    private static PlanView.Asked review(Journey journey) {
        return new PlanAsked(journey.dossier())
                .approvals().stream()
                        .filter(asked -> asked.name().equals("deploy/**"))
                        .findFirst()
                        .orElseThrow();
    }
}
