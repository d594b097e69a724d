package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.release.Disruption;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.Excess;
import dev.slipway.contracts.validation.Excess.Metric;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.Measured;
import dev.slipway.contracts.validation.Measured.Answered;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What users had of a version that production went back from, or holds. */
final class DisruptionsTest {
    private static final Instant BAD = Instant.parse("2026-01-05T12:00:03Z");

    @Test
    void it_is_kept_from_when_production_goes_back_and_told_with_the_end() {
        Journey journey = new Journey().rollingOut();
        journey.take(journey.rollout(Phase.STEPPING, false, journey.judged(false, false)));
        assertThat(Disruptions.of(journey.dossier())).isEmpty();

        journey.take(journey.rollout(Phase.RESTORING, false, journey.judged(true, false, errors(30, 10))));
        Disruption going = Objects.requireNonNull(journey.dossier().disruption());
        assertThat(going.version()).isEqualTo("1.0.0");
        assertThat(going.answers()).isEqualTo(100);
        assertThat(going.from()).isEqualTo(BAD);
        assertThat(going.seconds()).isEqualTo(10);
        assertThat(going.held()).isFalse();
        journey.take(journey.rollout(Phase.RESTORED, false, journey.judged(true, false, errors(40, 12))));

        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.ROLLED_BACK);
        assertThat(told(journey))
                .contains("It is worse. Users of 1.0.0 had 40 errors (of 80 answers")
                .contains("in 12 s, from 2026-01-05T12:00:03Z to 2026-01-05T12:00:15Z, as far as is counted by now.");
        assertThat(Disruptions.of(journey.dossier()).orElseThrow().seconds()).isEqualTo(12);
    }

    @Test
    void what_is_counted_after_the_end_adds_to_it_and_an_older_word_takes_nothing_away() {
        Journey journey = new Journey().rollingOut();
        journey.take(journey.rollout(Phase.RESTORED, false, journey.judged(true, false, errors(30, 10))));
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.ROLLED_BACK);

        journey.take(journey.judged(journey.judged(true, true, errors(45, 13))));
        Disruption more = Objects.requireNonNull(journey.dossier().disruption());
        assertThat(more.seconds()).isEqualTo(13);
        assertThat(more.excess()).containsExactly(errors(45, 13));
        assertThat(journey.reason()).contains("what users had of it was counted further");
        journey.take(journey.judged(journey.judged(true, true, errors(30, 10))));

        assertThat(journey.dossier().disruption()).isEqualTo(more);
    }

    @Test
    void one_that_is_held_has_what_the_judge_says_now_and_keeps_nothing() {
        Journey journey = new Journey().rollingOut();
        journey.take(journey.rollout(Phase.STEPPING, true, journey.judged(false, false, errors(2, 4))));

        assertThat(told(journey)).contains("Users of 1.0.0 have had 2 errors", "in 4 s, since 2026-01-05T12:00:03Z");
        assertThat(journey.dossier().disruption()).isNull();
        Disruption now = Disruptions.of(journey.dossier()).orElseThrow();
        assertThat(now.held()).isTrue();
        journey.take(journey.rollout(Phase.STEPPING, false, journey.judged(false, false, errors(2, 5))));
        assertThat(Disruptions.of(journey.dossier())).isEmpty();
    }

    @Test
    void one_that_was_held_and_repaired_by_a_newer_version_keeps_what_users_had_of_it() {
        Journey journey = ForwardOnlyTest.stepping();
        journey.take(journey.rollout(Phase.STEPPING, true, journey.judged(true, false, errors(30, 10))));
        assertThat(journey.dossier().disruption()).as("it goes on").isNull();

        journey.take(journey.rollout(Phase.DISPLACED, false, journey.judged(true, false, errors(40, 12))));

        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.SUPERSEDED);
        Disruption kept = Objects.requireNonNull(journey.dossier().disruption());
        assertThat(kept.held()).isFalse();
        assertThat(kept.excess()).containsExactly(errors(40, 12));
        assertThat(told(journey)).contains("Users of 1.0.0 had 40 errors (of 80 answers");
        journey.take(journey.judged(journey.judged(true, true, errors(45, 13))));
        assertThat(Disruptions.of(journey.dossier()).orElseThrow().excess()).containsExactly(errors(45, 13));

        Journey unseen = new Journey().rollingOut();
        unseen.take(unseen.rollout("production", Phase.DISPLACED));
        assertThat(Disruptions.of(unseen.dossier())).as("it had no share").isEmpty();
    }

    @Test
    void one_that_went_back_without_a_bad_answer_says_so_and_one_that_nobody_saw_says_nothing() {
        Journey well = new Journey().rollingOut();
        well.take(well.rollout(Phase.RESTORED, false, well.judged(false, false)));
        assertThat(Disruptions.of(well.dossier()).orElseThrow().text()).startsWith("None of the 100 answers of 1.0.0");
        assertThat(told(well)).doesNotContain("Users of");

        Journey unseen = new Journey().rollingOut();
        unseen.take(unseen.rollout("production", Phase.RESTORED));
        assertThat(Disruptions.of(unseen.dossier())).isEmpty();
    }

    @Test
    void a_rollback_by_a_person_keeps_what_users_had_of_the_version_that_it_leaves() {
        Journey journey = new Journey().rollback();
        JudgementStatus word = journey.judged(false, false);
        journey.take(journey.rollout(Phase.STEPPING, false, word));
        assertThat(Disruptions.of(journey.dossier())).isEmpty();

        journey.take(journey.judged(leaving(word, 5, 2)));
        journey.take(journey.judged(leaving(word, 7, 3)));
        journey.take(journey.judged(leaving(word, 5, 2))); // an older word

        Disruption kept = Objects.requireNonNull(journey.dossier().disruption());
        assertThat(kept.version()).isEqualTo("1.1.0");
        assertThat(kept.held()).isFalse();
        assertThat(kept.left()).isTrue();
        assertThat(kept.text())
                .isEqualTo("Users of 1.1.0 had 7 errors (of 60 answers) since its rollback began, in 3 s, from"
                        + " 2026-01-05T12:00:03Z to 2026-01-05T12:00:06Z");
    }

    private static JudgementStatus leaving(JudgementStatus word, long bad, int seconds) {
        return new JudgementStatus(
                word.question(),
                word.environment(),
                true,
                0,
                null,
                word.canary(),
                word.baseline(),
                "",
                List.of(),
                null,
                null,
                List.of(),
                false,
                List.of(new Excess(Metric.ERRORS, bad, 60, 0, BAD, BAD.plusSeconds(seconds))));
    }

    @Test
    void a_line_of_a_guide_that_the_report_answers_has_passed_where_something_was_measured() {
        Journey journey = new Journey().rollingOut();
        assertThat(report(journey)).isEqualTo(LineState.OPEN);
        JudgementStatus word = journey.judged(false, false);
        Answered answered = new Answered(10, BAD, BAD.plusSeconds(10), 44, 0, 0, null, null, null);
        JudgementStatus measured = new JudgementStatus(
                word.question(),
                word.environment(),
                true,
                0,
                null,
                word.canary(),
                word.baseline(),
                "",
                List.of(),
                null,
                new Measured(answered, answered, answered, 1, 10, answered, answered),
                List.of(),
                false,
                List.of());
        journey.take(journey.rollout(Phase.STEPPING, false, measured));
        assertThat(report(journey)).isEqualTo(LineState.DUE);
        journey.take(journey.rollout("production", Phase.RESTORED));
        assertThat(report(journey)).isEqualTo(LineState.PASSED);

        Journey unseen = new Journey().rollingOut();
        unseen.take(unseen.rollout("production", Phase.STEPPING)).take(unseen.rollout("production", Phase.RESTORED));
        assertThat(report(unseen)).as("nobody judged it").isEqualTo(LineState.FAILED);
        assertThat(report(new Journey().awaitingApproval().overdue())).isEqualTo(LineState.DOES_NOT_APPLY);
    }

    private static LineState report(Journey journey) {
        return new GuideDocuments(journey.dossier())
                .standing(GuideAnswer.Document.REPORT)
                .state();
    }

    private static Excess errors(long bad, int seconds) {
        return new Excess(Metric.ERRORS, bad, 2 * bad, 0.5, BAD, BAD.plusSeconds(seconds));
    }

    private static String told(Journey journey) {
        Milestone last = journey.dossier().milestones().getLast();
        return last.cause().text();
    }
}
