package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Announcing.After;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Duty.Before;
import dev.slipway.contracts.policy.MatrixAxis;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Cell;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One cell of what is asked for cell by cell is waived as the whole is, and the others are still asked for. */
final class CellWaiversTest {
    private static final String CHROME = "duty-try-it/macos/chrome";
    private static final List<MatrixAxis> MATRIX = List.of(
            new MatrixAxis("platforms", List.of("linux", "macos")),
            new MatrixAxis("browsers", List.of("firefox", "chrome")));

    private static Policy policy(Duty duty) {
        WaiverRule rule = new WaiverRule(
                List.of("duty-try-it"), List.of("technical-lead"), Duration.ofDays(2), Duration.ofHours(12));
        return Examples.demoPolicy(List.of(rule), Journey.demo().retention(), List.of(duty.withMatrix(MATRIX)));
    }

    private static Journey asked(Before before) {
        Journey journey = new Journey(policy(Journey.duty("try-it", before)));
        return before == Before.STAGING ? journey.staging() : journey.candidate();
    }

    private static Journey answered(Journey journey, Result result, String... cells) {
        return journey.take(new ReleaseInput.AnswerDuty(
                Examples.BEN,
                "try-it",
                result,
                "tried it",
                Map.of(),
                List.of(),
                List.of(cells),
                journey.triple(),
                null));
    }

    private static Journey waived(Journey journey, String name) {
        return journey.take(journey.waive(name, Examples.ADA)).take(journey.confirm(name, Examples.BEN));
    }

    private static DutyView duty(Journey journey) {
        return DutyStates.of(journey.dossier()).getFirst();
    }

    private static List<LineState> cells(Journey journey) {
        return duty(journey).cells().stream().map(Cell::state).toList();
    }

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static Waiting waiting(Journey journey) {
        return Objects.requireNonNull(Telling.waiting(journey.dossier()));
    }

    private static Refusal refusal(Journey journey) {
        return Objects.requireNonNull(journey.refusal());
    }

    @Test
    void a_cell_that_failed_waits_for_its_waiver_and_the_others_are_still_asked_for() {
        Journey journey = answered(asked(Before.STAGING), Result.FAILED, "macos/chrome");
        assertThat(waiting(journey).command())
                .isEqualTo(
                        "./slipway release waive hello@1.0.0 duty-try-it/macos/chrome --as EMAIL --reason WHY --until TIME");

        waived(journey, CHROME);

        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(journey.dossier().cause()).isNull();
        assertThat(waiting(journey).what()).isEqualTo("the duty try-it of devops (1 of 4 cells)");
        assertThat(cells(journey)).containsExactly(LineState.DUE, LineState.DUE, LineState.DUE, LineState.WAIVED);
        assertThat(duty(journey).state()).isEqualTo(LineState.DUE);

        answered(journey, Result.PASSED, DutyView.ALL_CELLS);

        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
        assertThat(duty(journey).answers().getLast().cells())
                .containsExactly("linux/firefox", "linux/chrome", "macos/firefox");
        assertThat(cells(journey))
                .containsExactly(LineState.PASSED, LineState.PASSED, LineState.PASSED, LineState.WAIVED);
        assertThat(duty(journey).state()).isEqualTo(LineState.WAIVED);
        assertThat(duty(journey).why())
                .startsWith("macos/chrome of 4 cells, the others are answered. Known limitation, waived until")
                .contains("by ada@example.test and ben@example.test", "says that macos/chrome failed");
        assertThat(Telling.limitations(journey.dossier()))
                .singleElement()
                .asString()
                .startsWith("cell macos/chrome of duty try-it waived until");
    }

    @Test
    void another_cell_that_fails_waits_for_a_waiver_of_its_own() {
        Journey journey = waived(answered(asked(Before.PRODUCTION), Result.FAILED, "macos/chrome"), CHROME);

        answered(journey, Result.FAILED, "linux/chrome");

        assertThat(waiting(journey).command()).contains("release waive hello@1.0.0 duty-try-it/linux/chrome");
        assertThat(duty(journey).state()).isEqualTo(LineState.FAILED);
        journey.overdue();
        assertThat(Objects.requireNonNull(journey.dossier().cause()).kind()).isEqualTo("duty-failed");
    }

    @Test
    void one_that_is_over_before_production_is_asked_for_again_or_ends_the_release_that_went_on_without_it() {
        Journey open = waived(asked(Before.PRODUCTION), CHROME);
        int told = open.dossier().milestones().size();
        open.take(open.withdraw(CHROME, Examples.BEN));
        assertThat(cells(open)).containsOnly(LineState.DUE);
        assertThat(open.dossier().milestones()).hasSize(told + 1);

        Journey gone = waived(asked(Before.STAGING), CHROME);
        answered(gone, Result.PASSED, DutyView.ALL_CELLS);
        assertThat(phase(gone)).isEqualTo(ReleasePhase.STAGING);
        gone.after(Duration.ofDays(1)).take(ReleaseSaga.onTimer(ReleaseSaga.WAIVER));
        assertThat(phase(gone)).isEqualTo(ReleasePhase.RESTORING);
        assertThat(Objects.requireNonNull(gone.dossier().cause()).text())
                .contains("The waiver of cell macos/chrome of duty try-it was over before production.");
    }

    @Test
    void one_that_is_answered_after_all_is_no_limitation() {
        Journey journey = waived(asked(Before.STAGING), CHROME);

        answered(journey, Result.PASSED, "macos/chrome");
        answered(journey, Result.PASSED, DutyView.ALL_CELLS);

        assertThat(duty(journey).state()).isEqualTo(LineState.PASSED);
        assertThat(Telling.limitations(journey.dossier())).isEmpty();
    }

    @Test
    void a_cell_that_there_is_not_or_that_has_passed_is_not_waived() {
        Journey journey = answered(asked(Before.STAGING), Result.PASSED, "macos/chrome");

        assertThat(refusal(journey.take(journey.waive(CHROME, Examples.ADA))).detail())
                .isEqualTo("There is nothing to waive: cell macos/chrome of duty try-it has passed.");
        assertThat(refusal(journey.take(journey.waive("duty-try-it/macos/chrom", Examples.ADA)))
                        .detail())
                .contains("Duty try-it has no cell", "did you mean macos/chrome?");
        for (String none : List.of("duty-try-it/", "duty-try-it/*", "duty-try-it/macos")) {
            assertThat(refusal(journey.take(journey.waive(none, Examples.ADA))).code())
                    .isEqualTo("unknown-cell");
        }
        assertThat(refusal(journey.take(journey.waive("duty-other/macos/chrome", Examples.ADA)))
                        .code())
                .isEqualTo("not-waivable");
        assertThat(journey.dossier().waivers()).isEmpty();
    }

    @Test
    void a_duty_that_is_asked_as_a_whole_has_no_cell_to_waive() {
        WaiverRule rule = new WaiverRule(
                List.of("duty-try-it"), List.of("technical-lead"), Duration.ofDays(2), Duration.ofHours(12));
        Journey journey = new Journey(Examples.demoPolicy(
                        List.of(rule), Journey.demo().retention(), List.of(Journey.duty("try-it", Before.STAGING))))
                .staging();

        assertThat(refusal(journey.take(journey.waive(CHROME, Examples.ADA))).detail())
                .isEqualTo("Duty try-it is asked as a whole; waive duty-try-it.");
    }

    @Test
    void after_the_release_a_cell_is_left_undone_for_a_time() {
        Journey journey =
                new Journey(policy(Journey.duty("try-it", Before.END).withAfter(After.COMPLETED))).completed();
        answered(journey, Result.PASSED, "linux/firefox", "linux/chrome", "macos/firefox");

        waived(journey, CHROME);

        assertThat(duty(journey).state()).isEqualTo(LineState.WAIVED);
        assertThat(AfterWork.open(journey.dossier())).isEmpty();
        journey.after(Duration.ofDays(1)).take(ReleaseSaga.onTimer(ReleaseSaga.WAIVER));
        assertThat(cells(journey)).endsWith(LineState.DUE);
        assertThat(AfterWork.open(journey.dossier())).hasSize(1);
    }
}
